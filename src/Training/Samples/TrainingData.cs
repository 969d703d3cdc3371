using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using NSft.Data;

namespace NSft.Training.Samples;

/// <summary>The rows of a run, encoded: what every worker must see alike. Immutable; workers of one process may share it.</summary>
public sealed class TrainingData
{
    /// <summary>Takes encoded rows.</summary>
    /// <param name="samples">Usable rows in file order, at least one.</param>
    /// <param name="problems">Rows that were left out.</param>
    public TrainingData(IReadOnlyList<TrainingSample> samples, IReadOnlyList<RowProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfZero(samples.Count);
        Samples = samples;
        Problems = problems;
        Hash = ComputeHash(samples);
    }

    /// <summary>Usable rows in file order.</summary>
    public IReadOnlyList<TrainingSample> Samples { get; }

    /// <summary>Rows of the preference and corrective files that were left out.</summary>
    public IReadOnlyList<RowProblem> Problems { get; }

    /// <summary>SHA-256 over row ids, token ids and labels, lower-case hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>Reads and encodes the files that options name.</summary>
    /// <param name="options">Valid options.</param>
    /// <exception cref="Collectives.UserInputException">A file cannot be read, no row can be used, or a row cannot be used and the options are strict.</exception>
    public static TrainingData Load(TrainingOptions options) => TrainingDataReader.Read(options, hasImage: null);

    /// <summary>As <see cref="Load(TrainingOptions)"/>, with images that lie elsewhere.</summary>
    /// <param name="options">Valid options.</param>
    /// <param name="hasImage">Whether an image is there, asked by its path in the folder of images.</param>
    /// <exception cref="Collectives.UserInputException">As <see cref="Load(TrainingOptions)"/>.</exception>
    public static TrainingData Load(TrainingOptions options, Func<string, bool>? hasImage) => TrainingDataReader.Read(options, hasImage);

    private static string ComputeHash(IReadOnlyList<TrainingSample> samples)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TrainingSample sample in samples)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(sample.Id));
            foreach (var text in new[] { sample.Chosen, sample.Other })
            {
                hash.AppendData(BitConverter.GetBytes(text?.Ids.Length ?? -1));
                hash.AppendData(MemoryMarshal.AsBytes<int>(text?.Ids ?? []));
                hash.AppendData(MemoryMarshal.AsBytes<int>(text?.Labels ?? []));
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
