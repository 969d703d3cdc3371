using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using NSft.Collectives;
using NSft.Collectives.Files;
using NSft.Data;
using NSft.Grains.Contracts.Messages;

namespace NSft.Grains.Dataset;

/// <summary>Writes a <see cref="PairSpool"/> from a stream of pairs; both files appear whole or not at all, the index last.</summary>
internal static class PairSpoolWriter
{
    /// <summary>Writes a spool.</summary>
    /// <param name="directory">Folder of the spool.</param>
    /// <param name="pairs">The pairs, taken once.</param>
    /// <param name="copies">Which pairs are marked as copies of an earlier one.</param>
    /// <returns>Number of pairs.</returns>
    /// <exception cref="UserInputException">The folder cannot be written, or what <paramref name="pairs"/> throws.</exception>
    internal static int Write(string directory, IEnumerable<PreferencePair> pairs, CopyKind copies)
    {
        var seen = copies == CopyKind.None ? null : new Dictionary<UInt128, int>();
        var count = 0;
        AtomicFile.Write(Path.Combine(directory, PairSpool.IndexFile), index =>
            AtomicFile.Write(Path.Combine(directory, PairSpool.PairFile), target =>
            {
                Span<byte> place = stackalloc byte[sizeof(long)];
                var position = 0L;
                foreach (var pair in pairs)
                {
                    BinaryPrimitives.WriteInt64LittleEndian(place, position);
                    index.Write(place);
                    var first = seen is null ? count : FirstOf(seen, pair, copies, count);
                    var line = JsonSerializer.SerializeToUtf8Bytes(
                        new SpooledPair(pair.Row, pair.Id, pair.Image, pair.Question, pair.Chosen, pair.Rejected, first == count ? null : first), PairSpool.Format);
                    target.Write(line);
                    target.WriteByte((byte)'\n');
                    position += line.Length + 1;
                    count++;
                }

                BinaryPrimitives.WriteInt64LittleEndian(place, position);
                index.Write(place);
            }));
        return count;
    }

    private static int FirstOf(Dictionary<UInt128, int> seen, PreferencePair pair, CopyKind copies, int position)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes<string[]>([copies == CopyKind.SameText ? "" : pair.Image, pair.Question, pair.Chosen, pair.Rejected]);
        var key = BinaryPrimitives.ReadUInt128LittleEndian(SHA256.HashData(content));
        return seen.TryAdd(key, position) ? position : seen[key];
    }
}
