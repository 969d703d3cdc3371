using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using NSft.Collectives;
using NSft.Model.Serialization;
using NSft.Tests;

namespace NSft.Model.Tests.Serialization;

public class SafetensorsTests
{
    [Fact]
    public void Open_ReferenceFile_ReadsTensorsAndTypes()
    {
        using SafetensorsFile file = SafetensorsFile.Open(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "forward_expected.safetensors"));

        TensorEntry ids = file.Entries["input_ids"];
        Assert.Equal(TensorDtype.Int64, ids.Dtype);
        ReadOnlySpan<long> values = MemoryMarshal.Cast<byte, long>(file.Bytes(ids));
        Assert.Equal([1L, 358, 616, 640], values[..4].ToArray());
        byte[] tail = new byte[8];
        file.Read(ids, 24, tail);
        Assert.Equal(640, BinaryPrimitives.ReadInt64LittleEndian(tail));
    }

    [Fact]
    public void OpenDirectory_Shards_HoldsEveryTensor()
    {
        using SafetensorsDirectory model = SafetensorsDirectory.Open(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "model"));

        Assert.Equal([704L, 96], model.Entries["language_model.lm_head.weight"].Shape);
        Assert.Equal(622624, model.Entries.Values.Sum(entry => entry.ElementCount));
    }

    [Fact]
    public void Write_ReferenceShard_GivesTheSameBytes()
    {
        string path = RepositoryPaths.At("tests", "fixtures", "llava-tiny", "model", "model-00008-of-00008.safetensors");
        using var folder = new TemporaryFolder();
        using SafetensorsFile file = SafetensorsFile.Open(path);
        SafetensorsWriter.Write(folder.At("copy.safetensors"), Sources(file).Reverse(), file.Metadata);

        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(folder.At("copy.safetensors")));
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void Write_CallbackFails_LeavesNothingAndKeepsTheOldFile()
    {
        using var folder = new TemporaryFolder();
        string path = folder.WriteText("model.safetensors", "old");
        var broken = new TensorSource("a", TensorDtype.UInt8, [4], _ => throw new IOException("disk"));
        var tooShort = new TensorSource("a", TensorDtype.UInt8, [4], new byte[3]);

        Assert.Throws<UserInputException>(() => SafetensorsWriter.Write(path, [broken]));
        Assert.Throws<InvalidOperationException>(() => SafetensorsWriter.Write(path, [tooShort]));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Root));
    }

    [Fact]
    public void WriteModel_SmallShards_SplitsAsHuggingFaceAndReadsBack()
    {
        using var folder = new TemporaryFolder();
        TensorSource[] tensors =
        [
            new("c", TensorDtype.Float32, [2], new byte[8]),
            new("a", TensorDtype.BFloat16, [3], new byte[] { 1, 2, 3, 4, 5, 6 }),
            new("huge", TensorDtype.UInt8, [40], new byte[40]),
            new("b", TensorDtype.Float16, [], new byte[] { 7, 8 }),
            new("none", TensorDtype.Float32, [0, 3], Array.Empty<byte>()),
        ];
        folder.WriteText("model.safetensors", "stale");
        folder.WriteText("other.safetensors", "kept");
        SafetensorsModelWriter.Write(folder.Root, tensors, maxShardBytes: 14);

        string[] names = [.. Directory.GetFiles(folder.Root).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
        Assert.Equal(["model-00001-of-00003.safetensors", "model-00002-of-00003.safetensors", "model-00003-of-00003.safetensors", "model.safetensors.index.json", "other.safetensors"], names);
        using SafetensorsDirectory model = SafetensorsDirectory.Open(folder.Root);
        Assert.Equal([1, 2, 3, 4, 5, 6], model.Bytes(model.Entries["a"]).ToArray());
        Assert.Equal([7, 8], model.Bytes(model.Entries["b"]).ToArray());
        Assert.EndsWith("model-00001-of-00003.safetensors", model.Entries["huge"].File, StringComparison.Ordinal);
        Assert.Equal(0, model.Entries["none"].ByteCount);
    }

    [Fact]
    public void WriteModel_OneShard_HasNoIndex()
    {
        using var folder = new TemporaryFolder();
        SafetensorsModelWriter.Write(folder.Root, [new("a", TensorDtype.UInt8, [1], new byte[1])], 1);
        Assert.Equal(["model.safetensors"], Directory.GetFiles(folder.Root).Select(path => Path.GetFileName(path)));
    }

    [Fact]
    public void Open_Truncated_NamesExpectedAndFoundBytes()
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(RepositoryPaths.At("tests", "fixtures", "llava-tiny", "model", "model-00008-of-00008.safetensors"));
        for (int bytes = 0; bytes < whole.Length; bytes += 997)
        {
            string path = folder.WriteBytes("cut.safetensors", whole[..bytes]);
            string message = Assert.Throws<UserInputException>(() => SafetensorsFile.Open(path)).Message;
            Assert.Contains("cut.safetensors", message, StringComparison.Ordinal);
            Assert.Contains($"found {bytes}", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "needs 8 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "overlaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "hole")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 5, "follow the last tensor")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[1],"data_offsets":[0,4]}}""", 4, "unknown type Q4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "lacks a proper")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,4]}}""", 4, "impossible shape")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":7}""", 0, "lacks a proper")]
    [InlineData("""["a"]""", 0, "not a JSON object")]
    [InlineData("""{"a":""", 0, "not valid JSON")]
    public void Open_DamagedHeader_SaysWhy(string header, int dataBytes, string reason)
    {
        using var folder = new TemporaryFolder();
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] file = new byte[8 + json.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(file, json.Length);
        json.CopyTo(file, 8);
        string path = folder.WriteBytes("bad.safetensors", file);

        string message = Assert.Throws<UserInputException>(() => SafetensorsFile.Open(path)).Message;

        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.StartsWith(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenDirectory_ShardGone_NamesIt()
    {
        using var folder = new TemporaryFolder();
        TensorSource[] tensors = [new("a", TensorDtype.UInt8, [1], new byte[1]), new("b", TensorDtype.UInt8, [1], new byte[1])];
        SafetensorsModelWriter.Write(folder.Root, tensors, 1);
        File.Delete(folder.At("model-00002-of-00002.safetensors"));

        Assert.Contains("model-00002-of-00002.safetensors", Assert.Throws<UserInputException>(() => SafetensorsDirectory.Open(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"weight_map":{"a":"x.safetensors","b":"x.safetensors"}}""", "not in their shard x.safetensors: b")]
    [InlineData("""{"weight_map":{}}""", null)]
    [InlineData("""{"weight_map":{"a":"../x.safetensors"}}""", "not a file name")]
    [InlineData("""{"map":{}}""", "no weight_map")]
    public void OpenDirectory_IndexAtOdds_NamesTensors(string index, string? reason)
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.At("x.safetensors"), [new("a", TensorDtype.UInt8, [1], new byte[1])]);
        folder.WriteText("model.safetensors.index.json", index);
        if (reason is null)
        {
            using SafetensorsDirectory empty = SafetensorsDirectory.Open(folder.Root);
            Assert.Empty(empty.Entries);
            return;
        }

        Assert.Contains(reason, Assert.Throws<UserInputException>(() => SafetensorsDirectory.Open(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenDirectory_TensorBesideTheIndex_IsNamed()
    {
        using var folder = new TemporaryFolder();
        SafetensorsWriter.Write(folder.At("x.safetensors"), [new("a", TensorDtype.UInt8, [1], new byte[1]), new("stray", TensorDtype.UInt8, [1], new byte[1])]);
        folder.WriteText("model.safetensors.index.json", """{"weight_map":{"a":"x.safetensors"}}""");

        Assert.Contains("stray", Assert.Throws<UserInputException>(() => SafetensorsDirectory.Open(folder.Root)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OpenDirectory_NoTensors_SaysWhatIsMissing()
    {
        using var folder = new TemporaryFolder();
        Assert.Contains("model.safetensors", Assert.Throws<UserInputException>(() => SafetensorsDirectory.Open(folder.Root)).Message, StringComparison.Ordinal);
        folder.WriteText("pytorch_model.bin", "");
        Assert.Contains("save the model as safetensors", Assert.Throws<UserInputException>(() => SafetensorsDirectory.Open(folder.Root)).Message, StringComparison.Ordinal);
    }

    private static IEnumerable<TensorSource> Sources(SafetensorsFile file)
        => file.Entries.Values.Select(entry => new TensorSource(entry.Name, entry.Dtype, entry.Shape, file.Bytes(entry).ToArray()));
}
