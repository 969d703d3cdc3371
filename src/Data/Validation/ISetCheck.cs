using NSft.Data.Formats;

namespace NSft.Data.Validation;

/// <summary>Compares rows with each other. Called by one thread, in file order.</summary>
public interface ISetCheck
{
    /// <summary>Takes in a row and notes what is wrong with it beside the rows before it.</summary>
    void Observe(DatasetRecord record, RowFindings findings);

    /// <summary>Notes what is wrong with all rows together.</summary>
    void Finish(RowFindings findings);
}
