using System.Diagnostics;
using System.Globalization;

namespace NSft.Collectives.Tests;

public sealed class SharedSegmentTests
{
    private const string Python = "/usr/bin/python3";

    // Holds a segment as a worker of another process does, until its input ends.
    private const string Holder = """
        import mmap, os, struct, sys, uuid
        name = uuid.UUID(sys.argv[1])
        fd = os.memfd_create("nsft-sums-" + name.hex)
        os.ftruncate(fd, 4096 + 64)
        memory = mmap.mmap(fd, 4096 + 64)
        memory[0:8] = struct.pack("<Q", 0x3130535446534e21)
        memory[8:24] = uuid.UUID(sys.argv[2]).bytes_le
        memory[64:72] = struct.pack("<q", 7)
        memory[4096:4100] = struct.pack("<i", 1234567)
        print(os.getpid(), fd, flush=True)
        sys.stdin.read()
        """;

    [Fact]
    public async Task Segment_OfThisProcess_IsReadByAnother()
    {
        using var segment = SharedSegment.TryCreate(4096);
        Assert.NotNull(segment);
        Write(segment, 0x5a);

        using Process reader = Start("/bin/sh", "-c", $"dd if=/proc/{segment.Name.ProcessId}/fd/{segment.Name.Descriptor} bs=4096 skip=1 count=1 2>/dev/null | od -An -tu1 -N2");
        string output = await reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["90", "90"], output.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim()));
    }

    [Fact]
    public void Map_OfASegment_SeesContentAndGeneration()
    {
        using var segment = SharedSegment.TryCreate(4096);
        Assert.NotNull(segment);
        segment.Begin(41);
        Write(segment, 3);

        using MappedSegment? mapped = MappedSegment.TryOpen(segment.Name);

        Assert.NotNull(mapped);
        Assert.Equal(41, mapped.Generation);
        Assert.Equal(3, mapped.Window(4095, 1)[0]);
        segment.Begin(42);
        Assert.Equal(42, mapped.Generation);
        Assert.Throws<ArgumentOutOfRangeException>(() => mapped.Window(4090, 7));
    }

    [Fact]
    public async Task Map_OfAnotherProcess_OutlivesIt()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} plays the other process");
        Guid id = NewId(1);
        using Process holder = Start(Python, "-c", Holder, id.ToString(), id.ToString());
        SegmentName name = await NameAsync(holder, id);

        using MappedSegment? mapped = MappedSegment.TryOpen(name);

        Assert.NotNull(mapped);
        Assert.Equal(7, mapped.Generation);
        holder.Kill();
        await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1234567, BitConverter.ToInt32(mapped.Window(0, 4)));
        Assert.Null(MappedSegment.TryOpen(name));
    }

    [Fact]
    public async Task Map_OfAnotherId_IsRefused()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} plays the other process");
        Guid id = NewId(2);
        using Process holder = Start(Python, "-c", Holder, id.ToString(), NewId(3).ToString());
        SegmentName name = await NameAsync(holder, id);

        Assert.Null(MappedSegment.TryOpen(name));
        Assert.Null(MappedSegment.TryOpen(name with { Id = NewId(3) }));
        holder.StandardInput.Close();
    }

    [Fact]
    public void Map_OfWhatIsNoSegment_IsRefused()
    {
        using var segment = SharedSegment.TryCreate(4096);
        Assert.NotNull(segment);

        Assert.Null(MappedSegment.TryOpen(segment.Name with { Descriptor = 0 }));
        Assert.Null(MappedSegment.TryOpen(segment.Name with { Bytes = 4097 }));
        Assert.Null(MappedSegment.TryOpen(segment.Name with { ProcessId = int.MaxValue }));
    }

    [Fact]
    public void Segment_LargerThanTheHost_IsRefused() => Assert.Null(SharedSegment.TryCreate(1L << 50));

    [Fact]
    public void Accumulator_OfTheNextGeneration_RefusesWhatWasPlannedBefore()
    {
        using var sums = GradientAccumulator.Create(ReductionKind.Exact, SyntheticGradient.Layout, 2);
        sums.WantSharing();
        Assert.Null(sums.Locate().Segment);
        sums.Clear();
        (long generation, SegmentName? segment) = sums.Locate();
        Assert.NotNull(segment);
        sums.Clear();
        var range = new ElementRange(0, 4);

        Assert.False(sums.TryAdd(generation, range, []));
        Assert.False(sums.TrySet(generation, range, new PeerSums(new byte[16])));
        Assert.False(sums.TryCopy(generation, range, new byte[16]));
        Assert.True(sums.TrySet(generation + 1, range, new PeerSums(new byte[16])));
        Assert.Equal([range], sums.Received);
    }

    private static unsafe void Write(SharedSegment segment, byte value) => new Span<byte>(segment.Content, (int)segment.Name.Bytes).Fill(value);

    private static Guid NewId(byte seed) => new(Enumerable.Repeat(seed, 16).ToArray());

    private static async Task<SegmentName> NameAsync(Process holder, Guid id)
    {
        string? line = await holder.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        int[] numbers = [.. line!.Split(' ').Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
        return new SegmentName(numbers[0], numbers[1], id, 64);
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardInput = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
