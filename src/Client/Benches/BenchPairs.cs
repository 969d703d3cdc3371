using System.Globalization;
using System.Text.Json;
using NSft.Collectives.Files;

namespace NSft.Client.Benches;

/// <summary>Preference pairs to measure with: all different, about nothing.</summary>
internal static class BenchPairs
{
    /// <summary>Writes pairs, one a line.</summary>
    public static void Write(string path, int count) => AtomicFile.Write(path, stream =>
    {
        for (int index = 0; index < count; index++)
        {
            string number = index.ToString("00000", CultureInfo.InvariantCulture);
            JsonSerializer.Serialize(stream, new
            {
                id = IdOf(index),
                image = $"{number}.jpg",
                question = $"What does sheet {number} show?",
                chosen = $"Sheet {number} shows a long grey wall beside a road, with a gate at its end.",
                rejected = $"Sheet {number} shows a short white fence beside a river, with a gate in its middle.",
            });
            stream.Write("\n"u8);
        }
    });

    /// <summary>Name of a pair.</summary>
    public static string IdOf(int index) => string.Create(CultureInfo.InvariantCulture, $"pair-{index:00000}");
}
