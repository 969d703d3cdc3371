namespace NSft.Data.Construction;

/// <summary>A set cut into blocks of work that can be built anywhere and in any order.</summary>
/// <param name="Statistics">Statistics of the whole set.</param>
/// <param name="Blocks">The blocks in order; together all pairs, each once.</param>
public sealed record ConstructionPlan(ConstructionStatistics Statistics, IReadOnlyList<ConstructionBlock> Blocks)
{
    /// <summary>Plans the construction of a set.</summary>
    /// <param name="pairs">The whole set.</param>
    /// <param name="lexicon">The words.</param>
    /// <param name="options">Gives the block size.</param>
    /// <exception cref="Collectives.UserInputException">An option is out of range.</exception>
    public static ConstructionPlan Create(IReadOnlyList<PreferencePair> pairs, Lexicon lexicon, ConstructionOptions options)
    {
        ConstructionOptionsValidator.Validate(options);
        ConstructionStatistics statistics = ConstructionStatistics.Gather(pairs, lexicon);
        ConstructionBlock[] blocks = [.. pairs.Chunk(options.BlockSize).Select((chunk, index) => new ConstructionBlock(index, chunk, statistics.For(chunk)))];
        return new ConstructionPlan(statistics, blocks);
    }
}
