using NSft.Data.Construction;
using NSft.Grains.Hosting;

namespace NSft.Grains.Construction;

/// <summary>Lexicon and codebook of a job, read on this silo.</summary>
/// <param name="Lexicon">The words.</param>
/// <param name="Codebook">How errors are asked.</param>
internal sealed record Vocabulary(Lexicon Lexicon, VisionErrorCodebook Codebook)
{
    /// <summary>Hash over both; all silos of a job must have the same.</summary>
    internal string Hash => $"{Lexicon.Hash}-{Codebook.Hash}";

    /// <summary>Reads the files that a job names.</summary>
    /// <exception cref="Collectives.UserInputException">A file is missing or wrong.</exception>
    internal static Vocabulary Load(ConstructionSettings settings) =>
        new(Data.Construction.Lexicon.Load(settings.Lexicon), VisionErrorCodebook.Load(settings.CodebookPath));
}
