using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Looks at one row alone. Safe from any thread.</summary>
public interface IRowCheck
{
    /// <summary>Notes what is wrong with a row.</summary>
    void Check(DatasetRecord record, RowFindings findings);
}
