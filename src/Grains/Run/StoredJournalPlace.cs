using System.Globalization;
using System.Text;
using NSft.Storage;

namespace NSft.Grains.Run;

/// <summary>
/// A file of lines in an object store, which can only be added to. Additions are fenced by the size: a coordinator that was replaced, and
/// its successor, never tear each other's lines. As a store takes a limited number of additions to an object, long journals go on in
/// another one: <c>steps.jsonl</c>, <c>steps.2.jsonl</c> and so on.
/// </summary>
/// <param name="store">The run's address.</param>
/// <param name="file">Name of the first object.</param>
/// <param name="linesEach">Lines of an object.</param>
internal sealed class StoredJournalPlace(IObjectStore store, string file, int linesEach = 40_000) : IJournalPlace
{
    private const int MostTries = 5;

    private int _part = 1;
    private int _lines;
    private long _bytes;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> OpenAsync()
    {
        var all = new List<string>();
        for (_part = 1; ; _part++)
        {
            var content = await store.ReadAsync(NameOf(_part), CancellationToken.None);
            if (content is null && _part > 1)
            {
                _part--;
                return all;
            }

            var lines = LinesOf(content);
            all.AddRange(lines);
            (_lines, _bytes) = (lines.Length, content?.Facts.Bytes ?? 0);
            if (content is null)
            {
                return all;
            }
        }
    }

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<string> lines)
    {
        ReadOnlyMemory<byte> content = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));
        for (var left = MostTries; ; left--)
        {
            if (_lines >= linesEach)
            {
                (_part, _lines, _bytes) = (_part + 1, 0, 0);
            }

            try
            {
                _bytes = await store.AppendAsync(NameOf(_part), content, _bytes, CancellationToken.None);
                _lines += lines.Count;
                return;
            }
            catch (StoreConflictException) when (left > 1)
            {
                if (await CatchUpAsync(content))
                {
                    return;
                }
            }
        }
    }

    /// <inheritdoc/>
    public Task AmendAsync(IReadOnlyList<string> lines, string note) => AppendAsync([note]);

    private static string[] LinesOf(StoredContent? content) => content is null
        ? []
        : Encoding.UTF8.GetString(content.Content.Span).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Another coordinator has added lines, or these were added and nobody heard of it.</summary>
    /// <returns>Whether they were.</returns>
    private async Task<bool> CatchUpAsync(ReadOnlyMemory<byte> content)
    {
        var before = _bytes;
        var stored = await store.ReadAsync(NameOf(_part), CancellationToken.None);
        (_lines, _bytes) = (LinesOf(stored).Length, stored?.Facts.Bytes ?? 0);
        return before + content.Length <= _bytes
            && stored!.Content.Span.Slice((int)before, content.Length).SequenceEqual(content.Span);
    }

    private string NameOf(int part) => part == 1
        ? file
        : Path.ChangeExtension(file, part.ToString(CultureInfo.InvariantCulture) + Path.GetExtension(file));
}
