using System.CommandLine;
using System.Globalization;
using NSft.Client.Clusters;
using NSft.Client.Kubernetes;
using NSft.Client.Output;
using NSft.Client.Parsing;
using NSft.Collectives;

namespace NSft.Client.Commands;

/// <summary><c>nsft cluster scale</c>: how many silos shall be.</summary>
internal static class ClusterScaleCommand
{
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        Option<int> replicas = SharedOptions.Count("--replicas", 1, "Silos wanted; runs take what joins, and workers of what goes leave first", least: 0);
        replicas.DefaultValueFactory = null;
        replicas.Required = true;
        ApiServerChoice choice = new();
        Option<bool> wait = new("--wait") { Description = "Wait until as many silos are ready, and no others are left" };
        Option<int> patience = SharedOptions.Count("--patience", 900, "Seconds to wait at most");
        Option<string?> run = SharedOptions.Optional("--run", $"A run that shall want one worker for each silo from now on. {RunFinder.Description}");
        Option<string?> state = StateDirectory.Option();
        Option<bool> json = SharedOptions.Json();
        Command command = new("scale", "Want another number of silos (Kubernetes)") { replicas, run, state, wait, patience, json };
        choice.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            SiloSet silos = choice.Read(parsed);
            using ApiClient client = new(silos.Server, AnswerLimit);
            SiloScale scale = new(client, silos);
            int wanted = parsed.GetValue(replicas);
            string? follower = parsed.GetValue(run);
            if (follower is not null && wanted == 0)
            {
                throw new UserInputException($"{run.Name} {follower}: a run cannot want no worker; pause it, or give {replicas.Name} 1");
            }

            int before = await scale.SetAsync(wanted, cancellation).ConfigureAwait(false);
            if (follower is not null)
            {
                follower = await RunScale.SetAsync(StateDirectory.ResolveCluster(parsed.GetValue(state)), follower, wanted, cancellation).ConfigureAwait(false);
            }

            int? ready = parsed.GetValue(wait) ? await WaitAsync(scale, silos, wanted, TimeSpan.FromSeconds(parsed.GetValue(patience)), cancellation).ConfigureAwait(false) : null;
            if (parsed.GetValue(json))
            {
                ConsoleOutput.WriteJson(new { silos.Namespace, silos.Name, Before = before, Wanted = wanted, Ready = ready, Run = follower });
            }
            else
            {
                ConsoleOutput.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{silos.Namespace}/{silos.Name}: {(before == wanted ? $"{wanted} silos were wanted already" : $"{wanted} silos wanted, {before} before")}{(follower is null ? "" : $", {follower} wants as many workers")}{(ready is null ? "; nsft cluster doctor tells how far they are" : ", all ready")}"));
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static Task<int> WaitAsync(SiloScale scale, SiloSet silos, int wanted, TimeSpan patience, CancellationToken cancellation) =>
        ConsoleProgress.RunAsync("silos", "silos", async progress =>
        {
            long begin = TimeProvider.System.GetTimestamp();
            while (true)
            {
                (int target, int ready, int running) = await scale.CountAsync(cancellation).ConfigureAwait(false);
                progress.Report(new ProgressUpdate(ready, wanted));
                if (ready == wanted && running == wanted)
                {
                    return ready;
                }

                if (target != wanted)
                {
                    throw new UserInputException(string.Create(CultureInfo.InvariantCulture, $"{silos.Namespace}/{silos.Name}: somebody else wants {target} silos by now; does an autoscaler own their number?"));
                }

                if (TimeProvider.System.GetElapsedTime(begin) >= patience)
                {
                    throw new UserInputException(string.Create(CultureInfo.InvariantCulture,
                        $"{silos.Namespace}/{silos.Name}: {ready} of {wanted} silos are ready and {running} there after {patience.TotalSeconds:0} s; nsft cluster doctor tells why"));
                }

                await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            }
        });
}
