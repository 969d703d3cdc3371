using NSft.Data;

namespace NSft.Grains.Construction;

/// <summary>Makes conversations of preference pairs. Any thread; the same pairs and options give the same conversations.</summary>
internal interface IBlockConstructor
{
    /// <summary>Constructs a block.</summary>
    /// <param name="pairs">The pairs, in order.</param>
    /// <param name="optionsJson">The constructor's options.</param>
    /// <returns>The conversations, in the order of the pairs; a pair may give none.</returns>
    IReadOnlyList<SupervisedRow> Construct(IReadOnlyList<PreferencePair> pairs, string optionsJson);
}
