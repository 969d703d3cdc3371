using NSft.Data.Formats;

namespace NSft.Client.Datasets;

/// <summary>Estimates how many rows a file has from its first megabytes, to show how far a job is.</summary>
internal static class RowTotal
{
    private const int SampleBytes = 4 << 20;

    /// <summary>About how many rows a file has; 0 when nobody knows.</summary>
    public static long Estimate(string path)
    {
        if (!File.Exists(path))
        {
            return 0;
        }

        if (DatasetRows.Count(path) is long count)
        {
            return count;
        }

        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            byte[] sample = new byte[(int)Math.Min(SampleBytes, stream.Length)];
            int length = stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false);
            long rows = CountRows(sample.AsSpan(0, length));
            if (rows <= 1 && length == SampleBytes)
            {
                // One object that holds all rows: they lie deeper than is looked here.
                return 0;
            }

            return length < stream.Length ? (long)(rows * ((double)stream.Length / length)) : rows;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>Counts the objects that begin at the depth of rows: the top of JSON lines, or inside the one array.</summary>
    internal static long CountRows(ReadOnlySpan<byte> text)
    {
        int rowDepth = text.TrimStart(" \t\r\n\u00EF\u00BB\u00BF"u8) is [(byte)'[', ..] ? 1 : 0;
        int depth = 0;
        long rows = 0;
        while (true)
        {
            int next = text.IndexOfAny("{}[]\""u8);
            if (next < 0)
            {
                return rows;
            }

            byte found = text[next];
            text = text[(next + 1)..];
            switch (found)
            {
                case (byte)'"':
                    text = AfterString(text);
                    break;
                case (byte)'{' or (byte)'[':
                    rows += found == '{' && depth == rowDepth ? 1 : 0;
                    depth++;
                    break;
                default:
                    depth--;
                    break;
            }
        }
    }

    private static ReadOnlySpan<byte> AfterString(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            int next = text.IndexOfAny((byte)'"', (byte)'\\');
            if (next < 0)
            {
                return [];
            }

            if (text[next] == '"')
            {
                return text[(next + 1)..];
            }

            text = text[Math.Min(text.Length, next + 2)..];
        }
    }
}
