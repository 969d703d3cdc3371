using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using NSft.Embedded.Orleans.Tests.Data;
using NSft.Embedded.Orleans.Tests.Support;

namespace NSft.Embedded.Orleans.Tests;

public sealed class CodecTests
{
    public static TheoryData<object> Scalars =>
    [
        true, false, (byte)250, (sbyte)-3, (short)-30_000, (ushort)60_000, 'x', int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
        float.NaN, -0.0, double.Epsilon, 1.10m, decimal.MinValue, (Half)1.5, Int128.MinValue, UInt128.MaxValue, (nint)(-5), (nuint)5, new Complex(1, -2),
        BigInteger.Pow(-3, 200), new Rune(0x1F600), "", "text", "\ud800 lone", new string('\u20ac', 5000), Guid.Parse("11111111-2222-3333-4444-555555555555"),
        new DateTime(5, DateTimeKind.Utc), new DateTime(7, DateTimeKind.Local), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)),
        TimeSpan.MinValue, new DateOnly(2026, 2, 3), new TimeOnly(23, 59), new Uri("a/b", UriKind.Relative), new Uri("http://x/y?z"), new Version(1, 2, 3),
        CultureInfo.InvariantCulture, IPAddress.Parse("127.0.0.2"), IPAddress.Parse("fe80::1%3"), new IPEndPoint(IPAddress.IPv6Loopback, 80), typeof(int),
        typeof(List<string>), typeof(Circle), Color.Blue, (Color)77, DayOfWeek.Friday, GrainId.Create("a", "b"), SiloAddress.New(IPAddress.Loopback, 5, -6),
        new MembershipVersion(9), ActivationId.NewId(), (1, "two", 3.0), Tuple.Create("a", 5), KeyValuePair.Create(1, "b"), new Point(3, -4), CancellationToken.None,
    ];

    [Theory]
    [MemberData(nameof(Scalars))]
    public void Value_AsArgument_Arrives(object value)
    {
        object? read = Wire.Through(value);
        Assert.Equal(value, read);
        Assert.Equal(value.GetType(), read!.GetType());
    }

    [Fact]
    public void Numbers_InTheirPlaces_KeepTheirBits()
    {
        Assert.Equal(BitConverter.DoubleToInt64Bits(-0.0), BitConverter.DoubleToInt64Bits(Wire.Through(new Pair<double, int?> { Left = -0.0 }).Left));
        Assert.Null(Wire.Through(new Pair<double, int?>()).Right);
        Assert.Equal(0, Wire.Through(new Pair<double, int?> { Right = 0 }).Right);
        Assert.Equal(DateTimeKind.Local, Wire.Through(new DateTime(7, DateTimeKind.Local)).Kind);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(1_000_001)]
    public void Block_OfAnyLength_Arrives(int length)
    {
        byte[] block = new byte[length];
        new Random(length).NextBytes(block);
        Assert.Equal(block, (byte[])Wire.Through((object)block)!);
        ReadOnlyMemory<byte> part = block.AsMemory(length / 3, length / 2);
        Assert.Equal(part.ToArray(), ((ReadOnlyMemory<byte>)Wire.Through((object)part)!).ToArray());
        Assert.Equal(part.ToArray(), Wire.Through(new Chunk(part, ["a"])).Bytes.ToArray());
        Assert.Equal(block, Wire.Through(block.AsMemory()).ToArray());
        Assert.Equal(block, Wire.Through(new ArraySegment<byte>(block)).ToArray());
        Assert.Equal(block, Wire.Through(block.ToImmutableArray()).AsSpan().ToArray());
        Assert.Equal(block, Wire.Through(block.AsImmutable()).Value);
    }

    [Fact]
    public void Block_Large_IsSentFromWhereItLies()
    {
        byte[] block = new byte[1 << 20];
        WireFrame frame = WireFrame.Create(Wire.Request(new ReadOnlyMemory<byte>(block, 10, 5000)), DateTimeOffset.UnixEpoch, long.MaxValue);
        ReadOnlyMemory<byte> sent = Assert.Single(frame.Blocks);
        block[10] = 77;
        Assert.Equal((77, 5000), (sent.Span[0], sent.Length));
        Assert.InRange(frame.Head.Length, 1, 500);
    }

    [Fact]
    public void Collections_Arrive()
    {
        Same(new[] { 1, 2, 3 });
        Same(new[] { "a", null });
        Same(new[] { 1.5f, 2 });
        Same(new[] { true, false });
        Same(new[] { Color.Red });
        Same(new[] { new Point(1, 2) });
        Same(new int?[] { 1, null });
        Same(new[] { DateTimeOffset.UnixEpoch });
        Same(new int[][] { [1], [], [2, 3] });
        Assert.Equal(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }, (int[,])Wire.Through((object)new[,] { { 1, 2, 3 }, { 4, 5, 6 } })!);
        Same(new List<string> { "a", "b" });
        Same(new List<object?> { 1, "b", null });
        Same(new Queue<int>([1, 2]));
        Same(new Stack<int>([1, 2]));
        Same(new Collection<int> { 1 });
        Same(new ReadOnlyCollection<int>([1, 2]));
        Same(new HashSet<long> { 5, 6 });
        Same(new SortedSet<string>(StringComparer.Ordinal) { "b", "a" });
        Same(new Dictionary<string, Point> { ["a"] = new(1, 2) });
        Same(new SortedDictionary<int, string> { [3] = "c", [1] = "a" });
        Same(new ConcurrentDictionary<string, int>([KeyValuePair.Create("a", 1)]));
        Same(ImmutableArray.Create(1, 2));
        Same(ImmutableList.Create("a"));
        Same(ImmutableHashSet.Create(4));
        Same(ImmutableDictionary.CreateRange([KeyValuePair.Create(1, "a")]));
        Assert.True(Wire.Through(default(ImmutableArray<int>)).IsDefault);
        Assert.Null(Wire.Through(default(ArraySegment<int>)).Array);
    }

    [Fact]
    public void Comparer_OfCollection_Arrives()
    {
        Dictionary<string, int> names = new(StringComparer.OrdinalIgnoreCase) { ["a"] = 1 };
        Assert.Equal(1, Wire.Through(names)["A"]);
        Assert.Contains("B", Wire.Through(ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "b")));
        Assert.Same(StringComparer.Ordinal, Wire.Through(new Dictionary<string, int>(StringComparer.Ordinal)).Comparer);
        Assert.Throws<CodecNotFoundException>(() => Wire.Through(new SortedSet<int>(Comparer<int>.Create((x, y) => y - x))));
    }

    [Fact]
    public void Records_WithInheritanceAndObjects_Arrive()
    {
        Shape shape = new Circle("c", 2.5) { Inside = new Circle("d", 1) };
        Assert.Equal(shape, Wire.Through(shape));
        Assert.Equal(shape, Wire.Through((object)shape));
        LongLink link = new() { Value = 3, Price = 1.5m, Anything = new List<object> { 1, "b", new Point(1, 2) }, Numbers = [1, 2, 3], Unmarked = 9 };
        LongLink read = Assert.IsType<LongLink>(Wire.Through<Link>(link));
        Assert.Equal((3, 1.5m, 0), (read.Value, read.Price, read.Unmarked));
        Assert.Equal([1, 2, 3], read.Numbers!);
        Assert.Equal([1, "b", new Point(1, 2)], (List<object>)read.Anything!);
        Pair<List<Point>, Pair<string, int[]>> pair = new() { Left = [new(1, 2)], Right = new() { Left = "x", Right = [4] } };
        Pair<List<Point>, Pair<string, int[]>> pairRead = (Pair<List<Point>, Pair<string, int[]>>)Wire.Through((object)pair)!;
        Assert.Equal((new Point(1, 2), "x", 4), (pairRead.Left![0], pairRead.Right!.Left, pairRead.Right.Right![0]));
    }

    [Fact]
    public void Objects_SharedAndInCycles_KeepTheirShape()
    {
        Link ring = new() { Value = 1, Next = new Link { Value = 2 } };
        ring.Next.Next = ring;
        ring.Anything = ring.Next;
        Link read = Wire.Through(ring);
        Assert.Same(read, read.Next!.Next);
        Assert.Same(read.Next, read.Anything);
        List<int> shared = [1];
        List<int>[] both = Wire.Through(new[] { shared, shared });
        Assert.Same(both[0], both[1]);
        object?[] self = [null];
        self[0] = self;
        object?[] selfRead = Wire.Through(self);
        Assert.Same(selfRead, selfRead[0]);
    }

    [Fact]
    public void Member_Unknown_IsSkippedAndMissingOneIsDefault()
    {
        Link shared = new() { Value = 5, Next = new LongLink { Value = 6 } };
        NewForm form = new() { Added = [shared, new Link()], Text = "t", Number = 1 << 20, Real = 2.5, Kept = shared };
        OldForm old = Reread<NewForm, OldForm>(form);
        Assert.Equal(("t", null, 5, 6), (old.Text, old.OnlyOld, old.Kept!.Value, ((LongLink)old.Kept.Next!).Value));
        NewForm again = Reread<OldForm, NewForm>(new OldForm { Text = "u", OnlyOld = "gone" });
        Assert.Equal(("u", 0, null), (again.Text, again.Number, again.Kept));
    }

    [Fact]
    public void Error_Arrives()
    {
        Exception read = (Exception)Wire.Through((object)Thrown(new TroubleException("bad", 42)))!;
        TroubleException trouble = Assert.IsType<TroubleException>(read);
        Assert.Equal(("bad", 42), (trouble.Message, trouble.Code));
        Assert.Contains(nameof(Thrown), trouble.StackTrace, StringComparison.Ordinal);
        AggregateException many = (AggregateException)Wire.Through((object)new AggregateException("many", new ArgumentException("a", "p"), new TimeoutException("b")))!;
        Assert.Equal(new AggregateException("many", new ArgumentException("a", "p"), new TimeoutException("b")).Message, many.Message);
        Assert.Equal([typeof(ArgumentException), typeof(TimeoutException)], many.InnerExceptions.Select(one => one.GetType()));
        Assert.Equal("b", Assert.IsType<TimeoutException>(((Exception)Wire.Through((object)new InvalidOperationException("a", new TimeoutException("b")))!).InnerException).Message);
    }

    [Fact]
    public void Error_OfUnknownType_NamesTheType()
    {
        byte[][] parts = Wire.Encode(new ResponseMessage(Wire.Request(null).Call) { Kind = ResponseKind.Error, Error = new TroubleException("bad", 42) });
        Replace(parts[0], "Tests.Data.TroubleException", "Tests.Gone.TroubleException");
        Exception error = ((ResponseMessage)Wire.Decode(parts)).Error!;
        Assert.Equal("NSft.Embedded.Orleans.Tests.Gone.TroubleException", Assert.IsType<UnavailableExceptionFallbackException>(error).ExceptionType);
        Assert.Equal("bad", error.Message);
    }

    [Fact]
    public void Reference_Arrives_AndIsFoundForBinding()
    {
        object reference = ReferenceFactory.Create(typeof(INamedGrain), GrainId.Create("named", "x"), null);
        RequestMessage read = (RequestMessage)Wire.Decode(Wire.Encode(Wire.Request(new List<INamedGrain> { (INamedGrain)reference })));
        GrainReference made = (GrainReference)((List<INamedGrain>)read.Arguments[0]!)[0];
        Assert.Equal((GrainId.Create("named", "x"), "tests.named"), (made.GrainId, made.InterfaceName));
        Assert.Same(made, Assert.Single(read.References!));
    }

    [Fact]
    public void Undeclared_IsRefusedByName()
    {
        foreach (object value in new object[] { new Undeclared(), new List<Undeclared>(), new Undeclared[1], new Link { Anything = new Undeclared() }, new MemoryStream() })
        {
            CodecNotFoundException error = Assert.Throws<CodecNotFoundException>(() => Wire.Through(value));
            Assert.Contains(value is MemoryStream ? nameof(MemoryStream) : nameof(Undeclared), error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Undeclared_NamedByASender_IsNotMade()
    {
        byte[][] parts = Wire.Encode(Wire.Request(new Declarable()));
        Replace(parts[0], "Data.Declarable", "Data.Undeclared");
        UndecodableMessage message = Assert.IsType<UndecodableMessage>(Wire.Decode(parts));
        Assert.Contains("Undeclared", Assert.IsType<CodecNotFoundException>(message.Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Request_KeepsAllButReceipt()
    {
        RequestMessage request = Wire.Request("a") with
        {
            Context = new Dictionary<string, object> { ["k"] = 5 },
            ReentrancyId = Guid.NewGuid(),
            OneWay = true,
            Hops = 3,
            Deadline = DateTimeOffset.UnixEpoch + TimeSpan.FromTicks(300_000_001),
        };
        RequestMessage read = (RequestMessage)Wire.Decode(Wire.Encode(request));
        Assert.Equal(
            (request.Call, request.Target, request.Interface, request.Method, request.ReentrancyId, request.OneWay, request.Hops, request.Deadline),
            (read.Call, read.Target, read.Interface, read.Method, read.ReentrancyId, read.OneWay, read.Hops, read.Deadline));
        Assert.Equal(5, read.Context!["k"]);
        Assert.Equal(DateTimeOffset.MaxValue, ((RequestMessage)Wire.Decode(Wire.Encode(Wire.Request(1)))).Deadline);
        Assert.Equal(new ForwardedMessage(request.Call, request.Call.Sender), Wire.Decode(Wire.Encode(new ForwardedMessage(request.Call, request.Call.Sender))));
        Assert.Equal(new CancelMessage(request.Call, request.Target), Wire.Decode(Wire.Encode(new CancelMessage(request.Call, request.Target))));
    }

    private static void Same<T>(T value) => Assert.Equal(value, (T)Wire.Through((object)value!)!);

    private static Exception Thrown(Exception error)
    {
        try
        {
            throw error;
        }
        catch (Exception caught)
        {
            return caught;
        }
    }

    private static TTo Reread<TFrom, TTo>(TFrom value)
        where TFrom : class
        where TTo : class
    {
        byte[][] parts = Wire.Encode(Wire.Request(value));
        Replace(parts[0], typeof(TFrom).Name, typeof(TTo).Name);
        return (TTo)((RequestMessage)Wire.Decode(parts)).Arguments[0]!;
    }

    private static void Replace(byte[] bytes, string old, string replacement)
    {
        int at = bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(old));
        Assert.True(at > 0);
        Encoding.UTF8.GetBytes(replacement, bytes.AsSpan(at));
    }
}
