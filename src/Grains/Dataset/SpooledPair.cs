using NSft.Data;

namespace NSft.Grains.Dataset;

/// <summary>A pair as a spool keeps it.</summary>
/// <param name="Row">Position in the data, from 1.</param>
/// <param name="Id">Identity of the pair.</param>
/// <param name="Image">Image file, relative to the image directory.</param>
/// <param name="Question">The question.</param>
/// <param name="Chosen">The preferred answer.</param>
/// <param name="Rejected">The rejected answer.</param>
/// <param name="CopyOf">Position in the spool of an earlier pair with the same content; null for the first of its content.</param>
internal sealed record SpooledPair(int Row, string Id, string Image, string Question, string Chosen, string Rejected, int? CopyOf)
{
    /// <summary>The pair to work on.</summary>
    internal PreferencePair ToPair() => new(Id, Image, Question, Chosen, Rejected) { Row = Row };
}
