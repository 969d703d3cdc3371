using Azure;
using Azure.Storage.Blobs.Models;

namespace NSft.Storage.Blobs;

/// <summary>What NSft notes with a blob, and reads back: the hash of its content, and which write made it.</summary>
internal static class BlobMarks
{
    private const string Hash = "nsftsha256";
    private const string Write = "nsftwrite";

    /// <summary>Metadata of a write.</summary>
    /// <param name="sha256">Hash of the content; null when it is not known.</param>
    /// <param name="write">Name of this write alone.</param>
    internal static Dictionary<string, string> Of(string? sha256, string write)
    {
        Dictionary<string, string> marks = new(StringComparer.Ordinal) { [Write] = write };
        if (sha256 is not null)
        {
            marks[Hash] = sha256;
        }

        return marks;
    }

    /// <summary>A name for one write.</summary>
    internal static string NewWrite() => Guid.NewGuid().ToString("N");

    /// <summary>Which write made a blob; null for one of another program.</summary>
    internal static string? WriteOf(IDictionary<string, string> metadata) => Value(metadata, Write);

    /// <summary>What is known of a blob.</summary>
    internal static ObjectFacts Facts(string name, BlobProperties properties) =>
        new(name, properties.ContentLength, Text(properties.ETag), Value(properties.Metadata, Hash), properties.LastModified);

    /// <summary>What is known of a listed blob.</summary>
    internal static ObjectFacts Facts(string name, BlobItem item) => new(
        name,
        item.Properties.ContentLength ?? 0,
        Text(item.Properties.ETag ?? default),
        Value(item.Metadata, Hash),
        item.Properties.LastModified ?? default);

    /// <summary>What is known of a blob that was read.</summary>
    internal static ObjectFacts Facts(string name, BlobDownloadDetails details, long bytes) =>
        new(name, bytes, Text(details.ETag), Value(details.Metadata, Hash), details.LastModified);

    /// <summary>What is known of a blob that was written.</summary>
    internal static ObjectFacts Facts(string name, BlobContentInfo written, long bytes, string? sha256) =>
        new(name, bytes, Text(written.ETag), sha256, written.LastModified);

    /// <summary>An ETag as NSft writes it: listings and answers of the service differ in the quotes.</summary>
    internal static string Text(ETag etag) => etag.ToString().Trim('"');

    /// <summary>A condition as the service takes it; null for none.</summary>
    internal static BlobRequestConditions? Conditions(WriteCondition condition) =>
        condition.MustBeAbsent ? new BlobRequestConditions { IfNoneMatch = ETag.All }
        : condition.ETag is string etag ? new BlobRequestConditions { IfMatch = new ETag($"\"{etag}\"") }
        : null;

    private static string? Value(IDictionary<string, string>? metadata, string key) =>
        metadata is not null && metadata.TryGetValue(key, out string? value) ? value : null;
}
