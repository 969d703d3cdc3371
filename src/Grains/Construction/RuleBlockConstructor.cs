using NSft.Data;
using NSft.Data.Construction;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Construction;

/// <summary>Constructs blocks by rules.</summary>
internal sealed class RuleBlockConstructor : IBlockConstructor
{
    /// <inheritdoc/>
    public string Construct(BlockRequest request, IReadOnlyList<PreferencePair> pairs)
    {
        var vocabulary = Vocabulary.Load(request.Job);
        if (vocabulary.Hash != request.VocabularyHash)
        {
            throw new InvalidOperationException("lexicon or codebook differ between silos");
        }

        var constructor = new RuleConstructor(
            vocabulary.Codebook,
            vocabulary.Lexicon,
            ConstructionJson.ReadOptions(request.Job.OptionsJson),
            ConstructionJson.ReadStatistics(request.StatisticsJson));
        return ConstructionJson.Write(constructor.ConstructBlock(pairs));
    }
}
