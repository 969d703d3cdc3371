namespace NSft.Data.Parquet;

/// <summary>The columns of a file.</summary>
/// <param name="Fields">The fields of a row.</param>
internal sealed record ParquetSchema(IReadOnlyList<ParquetField> Fields)
{
    /// <summary>The place of a column, or -1.</summary>
    public int IndexOf(string name)
    {
        for (int index = 0; index < Fields.Count; index++)
        {
            if (Fields[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }
}
