using System.Globalization;
using System.Text.Json;
using NSft.Client.Output;
using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary>Interleaves data sets: the same seed makes the same mixture, rows are streamed.</summary>
/// <param name="inputs">The data sets.</param>
/// <param name="output">How they are read and written.</param>
/// <param name="seed">Seed.</param>
internal sealed class Mixer(IReadOnlyList<DatasetInput> inputs, DatasetOutput output, ulong seed)
{
    /// <summary>Field that names the source of a row, and the one used where a row has that field already.</summary>
    internal const string SourceField = "source";

    private const string OtherSourceField = "mix_source";

    private readonly HashSet<UInt128> _ids = [];

    /// <summary>Rows of a source that can be read.</summary>
    public long CountRows(int source, RowProgress progress, SkippedRows skipped, CancellationToken cancellation) =>
        progress.Count(output.Read(inputs[source], skipped), cancellation).LongCount();

    /// <summary>The mixture; to be called once.</summary>
    /// <param name="counts">Rows that each source has.</param>
    /// <param name="taken">Rows to take of each.</param>
    public IEnumerable<DatasetRecord> Mix(IReadOnlyList<long> counts, IReadOnlyList<long> taken)
    {
        SeededSequence order = new(seed);
        IEnumerator<DatasetRecord>[] rows = [.. inputs.Select((_, source) => Take(source, counts[source], taken[source]).GetEnumerator())];
        string[] names = SourceNames();
        try
        {
            long[] left = [.. taken];
            for (long all = left.Sum(); all > 0; all--)
            {
                int source = Choose(order.Below(all), left);
                left[source]--;
                if (rows[source].MoveNext())
                {
                    yield return Mark(rows[source].Current, names[source]);
                }
            }
        }
        finally
        {
            Array.ForEach(rows, row => row.Dispose());
        }
    }

    /// <summary>All rows as often as they fit, then a random choice of them, in file order each time.</summary>
    private IEnumerable<DatasetRecord> Take(int source, long count, long taken)
    {
        SeededSequence choice = new(seed + ((ulong)source + 1) * 0x632BE59BD9B4E019);
        while (taken > 0)
        {
            long wanted = Math.Min(taken, count);
            taken -= wanted;
            long left = count;
            foreach (DatasetRecord record in output.Read(inputs[source], new SkippedRows()))
            {
                if (left > 0 && choice.Below(left) < wanted)
                {
                    wanted--;
                    yield return record;
                }

                left--;
            }
        }
    }

    private static int Choose(long place, long[] left)
    {
        int source = 0;
        while (place >= left[source])
        {
            place -= left[source++];
        }

        return source;
    }

    private DatasetRecord Mark(DatasetRecord record, string source)
    {
        string field = record.Extensions.ContainsKey(SourceField) ? OtherSourceField : SourceField;
        Dictionary<string, string> extensions = new(record.Extensions, StringComparer.Ordinal) { [field] = JsonSerializer.Serialize(source, ConsoleOutput.Json) };
        return record with { Id = UniqueId(record.Id), Extensions = extensions };
    }

    private string UniqueId(string id)
    {
        string unique = id;
        for (int number = 2; !_ids.Add(ContentHash.Of(unique)); number++)
        {
            unique = string.Create(CultureInfo.InvariantCulture, $"{id}-{number}");
        }

        return unique;
    }

    private string[] SourceNames()
    {
        string[] files = [.. inputs.Select(input => Path.GetFileName(input.Path.TrimEnd('/')))];
        return files.Distinct(StringComparer.Ordinal).Count() == files.Length ? files : [.. inputs.Select(input => input.Path)];
    }
}
