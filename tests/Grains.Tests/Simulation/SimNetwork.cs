namespace NSft.Grains.Tests.Simulation;

/// <summary>Calls between processes: delayed, reordered, delivered twice, lost on the way there or on the way back.</summary>
/// <param name="world">Virtual time.</param>
/// <param name="faults">How bad the network is.</param>
internal sealed class SimNetwork(SimWorld world, SimFaults faults)
{
    /// <summary>Asks another process; the call fails when the process is gone, or after a timeout when a message was lost.</summary>
    /// <param name="from">Who asks; the answer is handled there.</param>
    /// <param name="to">Who is asked; null for one that is not there any more.</param>
    /// <param name="what">Name of the call in traces.</param>
    /// <param name="handler">What the other does.</param>
    internal Task<T> CallAsync<T>(SimNode from, SimNode? to, string what, Func<Task<T>> handler)
    {
        var answer = new TaskCompletionSource<T>();
        if (to is null || to.IsDead)
        {
            from.After(faults.Delay(what), () => answer.TrySetException(new SimCallException($"{what}: nobody is there")));
            return answer.Task;
        }

        Action<string> fail = null!;
        fail = reason => from.After(faults.Delay(what), () => answer.TrySetException(new SimCallException($"{what}: {reason}")));
        to.CallBegan(fail);
        Deliver(from, to, what, handler, answer, fail);
        if (faults.Duplicates())
        {
            world.Note($"(duplicate) {what} to {to.Name}");
            Deliver(from, to, what, handler, answer, fail);
        }

        return answer.Task;
    }

    private void Deliver<T>(SimNode from, SimNode to, string what, Func<Task<T>> handler, TaskCompletionSource<T> answer, Action<string> fail)
    {
        if (faults.Loses(what))
        {
            world.Note($"(lost) {what} to {to.Name}");
            FailLater(to, fail);
            return;
        }

        to.After(faults.Delay(what), () => world.Begin(HandleAsync));

        async Task HandleAsync()
        {
            faults.AtMessage(to, what);
            if (to.IsDead || to.IsFrozen)
            {
                to.Post(() => world.Begin(HandleAsync));
                return;
            }

            var result = await handler();
            faults.AtMessage(to, what);
            if (to.IsDead)
            {
                return;
            }

            if (faults.Loses(what))
            {
                world.Note($"(lost) answer of {what} from {to.Name}");
                FailLater(to, fail);
                return;
            }

            to.CallEnded(fail);
            from.After(faults.Delay(what), () => answer.TrySetResult(result));
        }
    }

    private void FailLater(SimNode to, Action<string> fail) => world.At(faults.CallTimeout, () =>
    {
        to.CallEnded(fail);
        fail("timed out");
    });
}
