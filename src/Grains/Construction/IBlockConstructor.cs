using NSft.Data;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>Makes conversations of preference pairs. Any thread; the same block gives the same conversations.</summary>
internal interface IBlockConstructor
{
    /// <summary>Constructs a block.</summary>
    /// <param name="request">The block.</param>
    /// <param name="pairs">Its pairs, in order.</param>
    /// <returns>The conversations as JSON, in the order of the pairs.</returns>
    string Construct(BlockRequest request, IReadOnlyList<PreferencePair> pairs);
}
