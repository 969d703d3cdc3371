using NSft.Collectives;
using NSft.Data.Reading;

namespace NSft.Data.Formats;

/// <summary>What all formats have in common.</summary>
internal abstract class DatasetFormat(string name, string description) : IDatasetFormat
{
    /// <inheritdoc/>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public string Description { get; } = description;

    /// <inheritdoc/>
    public virtual bool CanWrite => true;

    /// <summary>Whether an image may stand in the row itself.</summary>
    protected virtual bool HoldsImageBytes => false;

    /// <inheritdoc/>
    public bool Recognises(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Fits(FileProbe.Of(path));
        }
        catch (UserInputException)
        {
            return false;
        }
    }

    /// <summary>Whether what was seen of a file looks like this format.</summary>
    public bool Fits(FileProbe probe)
    {
        try
        {
            return LooksSo(probe);
        }
        catch (InvalidOperationException)
        {
            return false; // a field's name escapes half a character
        }
    }

    /// <summary>See <see cref="Fits"/>.</summary>
    protected abstract bool LooksSo(FileProbe probe);

    /// <inheritdoc/>
    public IEnumerable<RecordRead> Read(string path, DatasetReadOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(options);
        return ReadSome(path, options);
    }

    /// <inheritdoc/>
    public void Write(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(options);
        if (options.EmbedDirectory is not null && !HoldsImageBytes)
        {
            throw new UserInputException($"{path}: rows of {Name} only name their images; to put images into rows choose rlhf-v, rlaif-v, trl or ms-swift");
        }

        WriteAll(path, records, options);
    }

    /// <summary>All rows; none for a file that is well-formed and empty.</summary>
    protected abstract IEnumerable<RecordRead> ReadAll(string path, DatasetReadOptions options);

    /// <summary>Writes; see <see cref="Write"/>.</summary>
    protected abstract void WriteAll(string path, IEnumerable<DatasetRecord> records, DatasetWriteOptions options);

    /// <summary>Makes a result of what reading a row gives or throws.</summary>
    protected internal static RecordRead Attempt(string path, int row, Func<string?> id, Func<DatasetRecord> read)
    {
        string? shownId = null;
        try
        {
            shownId = id();
            return new RecordRead(read(), null);
        }
        catch (InvalidOperationException)
        {
            // JSON may escape half a character; it shows when the text is taken, also when a field is looked up by name.
            return new RecordRead(null, new RowProblem(path, row, null, "a field's name or text is not valid Unicode", "write the file as UTF-8 and escape whole characters"));
        }
        catch (RowRejectedException exception)
        {
            string? shown = shownId is null ? null : RowCollector.Shown(shownId);
            return new RecordRead(null, new RowProblem(path, row, shown, exception.Message, exception.Hint));
        }
    }

    private IEnumerable<RecordRead> ReadSome(string path, DatasetReadOptions options)
    {
        bool isEmpty = true;
        foreach (RecordRead read in ReadAll(path, options))
        {
            isEmpty = false;
            yield return read;
        }

        if (isEmpty)
        {
            throw new UserInputException($"{path}: the file holds no rows");
        }
    }
}
