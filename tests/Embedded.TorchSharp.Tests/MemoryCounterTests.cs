using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace NSft.Embedded.TorchSharp.Tests;

public sealed partial class MemoryCounterTests
{
    private const long Megabyte = 1 << 20;

    [Fact]
    public void Counters_AroundALargeTensor_RiseAndFall()
    {
        nsft_reset_peak();
        long before = nsft_allocated_bytes();
        using (zeros(64 * Megabyte, ScalarType.Byte))
        {
            Assert.InRange(nsft_allocated_bytes() - before, 48 * Megabyte, 80 * Megabyte);
        }

        Assert.InRange(nsft_allocated_bytes() - before, -16 * Megabyte, 16 * Megabyte);
        Assert.True(nsft_peak_bytes() - before >= 48 * Megabyte);
    }

    [LibraryImport("nsft_torch")]
    private static partial long nsft_allocated_bytes();

    [LibraryImport("nsft_torch")]
    private static partial long nsft_peak_bytes();

    [LibraryImport("nsft_torch")]
    private static partial void nsft_reset_peak();
}
