namespace NSft.Data.Construction;

/// <summary>A set cut into blocks of work that can be built anywhere and in any order.</summary>
/// <param name="Statistics">Statistics of the whole set, without references.</param>
/// <param name="Blocks">The blocks in order; together all pairs, each once.</param>
public sealed record ConstructionPlan(ConstructionStatistics Statistics, IReadOnlyList<ConstructionBlock> Blocks)
{
    /// <summary>Plans the construction of a set that is in memory.</summary>
    /// <param name="pairs">The whole set.</param>
    /// <param name="lexicon">The words.</param>
    /// <param name="options">Gives the block size.</param>
    /// <exception cref="Collectives.UserInputException">An option is out of range.</exception>
    public static ConstructionPlan Create(IReadOnlyList<PreferencePair> pairs, Lexicon lexicon, ConstructionOptions options)
    {
        ConstructionOptionsValidator.Validate(options);
        ArgumentNullException.ThrowIfNull(pairs);
        ImageRows rows = ImageRows.Of(pairs.Select(pair => pair.Image));
        ConstructionStatistics statistics = ConstructionStatistics.Gather(pairs, lexicon, rows);
        ConstructionBlock[] blocks =
        [
            .. pairs.Chunk(options.BlockSize).Select((chunk, index) => new ConstructionBlock(
                index,
                chunk,
                statistics.WithReferences(rows.ReferenceRows(index * options.BlockSize, chunk.Length).Select(row => pairs[row])))),
        ];
        return new ConstructionPlan(statistics, blocks);
    }
}
