namespace NSft.Grains.Run;

/// <summary>A file of lines in a folder. A line that a killed process left half written is dropped.</summary>
/// <param name="path">The file; its folder is made when absent.</param>
internal sealed class FolderJournalPlace(string path) : IJournalPlace
{
    private bool _isTorn;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> OpenAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var text = File.Exists(path) ? await File.ReadAllTextAsync(path) : string.Empty;
        string[] lines = text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (!text.EndsWith('\n') && text.Length > 0)
        {
            await RewriteAsync(lines);
        }

        return lines;
    }

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<string> lines)
    {
        // What a full disk took of a line goes before the next one: the reader would take both for one.
        var text = string.Concat(lines.Select(line => line + "\n"));
        if (_isTorn)
        {
            Repair();
        }

        _isTorn = true;
        await File.AppendAllTextAsync(path, text);
        _isTorn = false;
    }

    /// <inheritdoc/>
    public Task AmendAsync(IReadOnlyList<string> lines, string note) => RewriteAsync(lines);

    private void Repair()
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        for (var length = file.Length; length > 0; length--)
        {
            file.Position = length - 1;
            if (file.ReadByte() == '\n')
            {
                file.SetLength(length);
                return;
            }
        }

        file.SetLength(0);
    }

    private async Task RewriteAsync(IEnumerable<string> lines)
    {
        var temporary = path + ".tmp";
        await File.WriteAllLinesAsync(temporary, lines);
        File.Move(temporary, path, overwrite: true);
    }
}
