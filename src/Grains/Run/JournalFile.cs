using NSft.Collectives;
using NSft.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// Lines on their way to a place, written in order, several at once where they came faster than the place takes them. While the place
/// fails they wait in memory. Used on the grain's scheduler.
/// </summary>
/// <param name="place">Where they go.</param>
internal sealed class JournalFile(IJournalPlace place)
{
    private const int MostTogether = 1000;

    private readonly Queue<Entry> _waiting = new();
    private Task _writing = Task.CompletedTask;

    /// <summary>Why the first line that waits could not be written; null while nothing is wrong.</summary>
    internal string? Problem { get; private set; }

    /// <summary>Lines that are not in their place yet.</summary>
    internal int WaitingCount => _waiting.Count;

    /// <summary>Adds a line.</summary>
    internal void Append(string line) => Enqueue(new Entry(line, null));

    /// <summary>Takes back what lines before said.</summary>
    /// <param name="lines">All that remains.</param>
    /// <param name="note">A line that says the same.</param>
    internal void Amend(IReadOnlyList<string> lines, string note) => Enqueue(new Entry(note, lines));

    /// <summary>Ends when nothing waits any more, or the place has failed again.</summary>
    internal Task FlushAsync()
    {
        if (_writing.IsCompleted && _waiting.Count > 0)
        {
            _writing = WriteAsync();
        }

        return _writing;
    }

    private void Enqueue(Entry entry)
    {
        _waiting.Enqueue(entry);

        // While the place fails, it is tried again when somebody asks for it, not with each line.
        if (_writing.IsCompleted && Problem is null)
        {
            _writing = WriteAsync();
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            while (_waiting.TryPeek(out var first))
            {
                Entry[] together = first.Remaining is null
                    ? [.. _waiting.TakeWhile(entry => entry.Remaining is null).Take(MostTogether)]
                    : [first];
                await (first.Remaining is { } remaining
                    ? place.AmendAsync(remaining, first.Line)
                    : place.AppendAsync([.. together.Select(entry => entry.Line)]));
                for (var i = 0; i < together.Length; i++)
                {
                    _waiting.Dequeue();
                }

                Problem = null;
            }
        }
        catch (Exception exception) when (exception is UserInputException or StoreConflictException or IOException or UnauthorizedAccessException)
        {
            Problem = exception.Message;
        }
    }

    private sealed record Entry(string Line, IReadOnlyList<string>? Remaining);
}
