using NSft.Grains.Contracts.Messages;
using Orleans.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// Writes a run's state, and sees to its journal. A store that fails for a while stops no run: the state is written again and again, as no
/// view may begin before it is there, while lines of the journal wait and steps go on. Both are told as events.
/// </summary>
/// <param name="state">The state.</param>
/// <param name="tell">Told of failures and of their end.</param>
/// <param name="time">Clock of the pauses.</param>
internal sealed class RunPersistence(IPersistentState<RunState> state, Action<RunCommand.Note> tell, TimeProvider time)
{
    /// <summary>A store that stays away longer has the run fail; its checkpoints are not touched.</summary>
    private static readonly TimeSpan StateLimit = TimeSpan.FromMinutes(30);

    /// <summary>Steps do not wait longer for the journal: what is lost with a coordinator then is lines, not steps.</summary>
    private static readonly TimeSpan JournalLimit = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan JournalPause = TimeSpan.FromSeconds(5);

    private bool _isStateFailing;
    private bool _isJournalFailing;
    private long _tried;

    /// <summary>Writes the state.</summary>
    /// <exception cref="InconsistentStateException">Another coordinator has written.</exception>
    internal async Task WriteAsync()
    {
        var begin = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                await state.WriteStateAsync();
                Told(ref _isStateFailing, null, "the run's state");
                return;
            }
#pragma warning disable CA1031 // Providers fail in their own ways; whatever it is, it is tried again.
            catch (Exception exception) when (exception is not InconsistentStateException && time.GetElapsedTime(begin) < StateLimit)
#pragma warning restore CA1031
            {
                Told(ref _isStateFailing, exception.Message, "the run's state");
                await Task.Delay(pause, time);
            }
        }
    }

    /// <summary>Ends when all lines of a journal are in their place, or that takes too long.</summary>
    internal async Task FlushAsync(RunJournal journal)
    {
        if (journal.Problem is null && journal.FlushAsync() is { IsCompleted: false } flush)
        {
            await Task.WhenAny(flush, Task.Delay(JournalLimit, time));
        }
    }

    /// <summary>The last of a journal: what waited for a store that is back is written and told before the run's end is.</summary>
    internal async Task EndAsync(RunJournal journal)
    {
        if (journal.Problem is not null)
        {
            await Task.WhenAny(journal.FlushAsync(), Task.Delay(JournalLimit, time));
        }

        Watch(journal);
        await FlushAsync(journal);
    }

    /// <summary>Tells whether a journal fails, and has it try again from time to time.</summary>
    internal void Watch(RunJournal journal)
    {
        Told(ref _isJournalFailing, journal.Problem, "the run's journal");
        if (_isJournalFailing && time.GetElapsedTime(_tried) >= JournalPause)
        {
            _tried = time.GetTimestamp();
            _ = journal.FlushAsync();
        }
    }

    private void Told(ref bool isFailing, string? problem, string what)
    {
        if (isFailing == (problem is not null))
        {
            return;
        }

        isFailing = problem is not null;
        tell(isFailing
            ? new RunCommand.Note(RunEventKind.StorageFailed, $"{what} cannot be written, and is tried again: {problem}")
            : new RunCommand.Note(RunEventKind.StorageRecovered, $"{what} is written again"));
    }
}
