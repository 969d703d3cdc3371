using System.Globalization;
using System.Text;

namespace NSft.Grains.Hosting.StateDirectory;

/// <summary>
/// A file that several processes change by compare and swap, without locks: content number n is published under a name of its own,
/// whole and flushed, and only one process can create that name. A process that is killed or frozen at any point leaves at most a
/// temporary file.
/// </summary>
/// <remarks>
/// Old contents are deleted, so a process that was frozen for long can create the name of a number that is long past. It finds out
/// by looking for the newest number afterwards: if that is not its own, its content counts only if the next one was made from it.
/// Readers take the newest number and never see such a file.
/// </remarks>
/// <param name="directory">Where the file lies; made when it is not there.</param>
/// <param name="name">Its name without number.</param>
/// <param name="time">Tells how old temporary files are.</param>
internal sealed class VersionedFile(string directory, string name, TimeProvider time)
{
    private const int KeptVersions = 32;
    private const int NumberDigits = 10;
    private const string NoParent = "-";
    private static readonly TimeSpan TemporaryLife = TimeSpan.FromMinutes(10);

    /// <summary>The newest content; null if there is none.</summary>
    internal FileVersion? ReadNewest()
    {
        while (true)
        {
            var numbers = Numbers();
            if (numbers.Count == 0)
            {
                return null;
            }

            if (TryRead(numbers.Max()) is { } version)
            {
                return version;
            }
        }
    }

    /// <summary>Publishes the content that follows another one; null if other content was published since.</summary>
    /// <param name="previous">What the content was made from; null for nothing.</param>
    /// <param name="body">The content.</param>
    /// <returns>The content as it was published.</returns>
    internal FileVersion? TryPublish(FileVersion? previous, byte[] body)
    {
        Directory.CreateDirectory(directory);
        var version = new FileVersion((previous?.Number ?? 0) + 1, Guid.NewGuid().ToString("N"), previous?.Id ?? NoParent, body);
        var temporary = Path.Combine(directory, $".{name}.{version.Id}.tmp");
        try
        {
            WriteFlushed(temporary, version);
            if (!ExclusiveLink.TryCreate(temporary, PathOf(version.Number)))
            {
                return null;
            }
        }
        finally
        {
            File.Delete(temporary);
        }

        return Counts(version) ? version : null;
    }

    private static void WriteFlushed(string path, FileVersion version)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        stream.Write(Encoding.ASCII.GetBytes($"{version.Id} {version.ParentId}\n"));
        stream.Write(version.Body);
        stream.Flush(flushToDisk: true);
    }

    private bool Counts(FileVersion version)
    {
        var numbers = Numbers();
        var newest = numbers.Count == 0 ? version.Number : numbers.Max();
        if (newest > version.Number)
        {
            return TryRead(version.Number + 1)?.ParentId == version.Id;
        }

        foreach (var old in numbers.Where(number => number <= newest - KeptVersions))
        {
            File.Delete(PathOf(old));
        }

        if (newest % KeptVersions == 0)
        {
            DeleteTemporaryFiles();
        }

        return true;
    }

    private void DeleteTemporaryFiles()
    {
        var oldest = time.GetUtcNow() - TemporaryLife;
        foreach (var file in Directory.EnumerateFiles(directory, $".{name}.*.tmp").Where(file => File.GetLastWriteTimeUtc(file) < oldest))
        {
            File.Delete(file);
        }
    }

    private string PathOf(int number) => Path.Combine(directory, $"{name}-{number.ToString("D10", CultureInfo.InvariantCulture)}");

    private List<int> Numbers()
    {
        try
        {
            return [.. Directory.EnumerateFiles(directory, $"{name}-*")
                .Select(path => Path.GetFileName(path).AsSpan(name.Length + 1).ToString())
                .Where(suffix => suffix.Length == NumberDigits && suffix.All(char.IsAsciiDigit))
                .Select(suffix => int.Parse(suffix, CultureInfo.InvariantCulture))];
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    private FileVersion? TryRead(int number)
    {
        try
        {
            var bytes = File.ReadAllBytes(PathOf(number));
            var end = Array.IndexOf(bytes, (byte)'\n');
            var ids = end < 0 ? [] : Encoding.ASCII.GetString(bytes, 0, end).Split(' ');
            return ids.Length == 2
                ? new FileVersion(number, ids[0], ids[1], bytes[(end + 1)..])
                : throw new IOException($"{PathOf(number)}: the file is damaged");
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
