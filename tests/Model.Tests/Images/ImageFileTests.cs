using NSft.Collectives;
using NSft.Model.Images;
using NSft.Tests;

namespace NSft.Model.Tests.Images;

public class ImageFileTests
{
    private static readonly string Images = RepositoryPaths.At("tests", "fixtures", "llava-tiny", "images");

    [Fact]
    public void Read_GreyDepths_SpreadToBytes()
    {
        AssertPixels(PngFile.Make(4, 1, 1, 0, [0, 0b1010_0000]), 255, 0, 255, 0);
        AssertPixels(PngFile.Make(4, 1, 2, 0, [0, 0b00_01_10_11]), 0, 85, 170, 255);
        AssertPixels(PngFile.Make(3, 1, 4, 0, [0, 0x07, 0xF0]), 0, 119, 255);
        AssertPixels(PngFile.Make(2, 1, 8, 0, [0, 7, 200]), 7, 200);
    }

    [Fact]
    public void Read_SixteenBits_GreySaturatesAndColourKeepsItsHighByte()
    {
        AssertPixels(PngFile.Make(3, 1, 16, 0, [0, 0, 9, 0, 255, 1, 0]), 9, 255, 255);
        AssertPixels(PngFile.Make(1, 1, 16, 4, [0, 77, 255, 1, 2]), 77);
        Assert.Equal([10, 20, 30], Decode(PngFile.Make(1, 1, 16, 2, [0, 10, 255, 20, 255, 30, 255])).Pixels);
        Assert.Equal([10, 20, 30], Decode(PngFile.Make(1, 1, 16, 6, [0, 10, 255, 20, 255, 30, 255, 40, 0])).Pixels);
    }

    [Fact]
    public void Read_Alpha_IsDropped()
    {
        AssertPixels(PngFile.Make(2, 1, 8, 4, [0, 50, 0, 60, 255]), 50, 60);
        Assert.Equal([1, 2, 3, 4, 5, 6], Decode(PngFile.Make(2, 1, 8, 6, [0, 1, 2, 3, 0, 4, 5, 6, 128])).Pixels);
    }

    [Fact]
    public void Read_Palette_LooksColoursUp()
        => Assert.Equal([4, 5, 6, 1, 2, 3, 2, 2, 2], Decode(PngFile.Make(3, 1, 2, 3, [0, 0b01_00_10_00], [1, 2, 3, 4, 5, 6])).Pixels);

    [Fact]
    public void Read_EveryFilter_IsUndone()
    {
        byte[] rows = [0, 1, 2, 3, 10, 20, 30, 1, 5, 5, 5, 1, 1, 1, 2, 1, 1, 1, 1, 1, 1, 3, 1, 1, 1, 1, 1, 1, 4, 1, 1, 1, 250, 1, 1];
        byte[] expected = [1, 2, 3, 10, 20, 30, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7, 7, 7, 4, 4, 4, 6, 6, 6, 5, 5, 5, 0, 7, 7];
        Assert.Equal(expected, Decode(PngFile.Make(2, 5, 8, 2, rows)).Pixels);
    }

    [Fact]
    public void Read_Interlaced_PutsPixelsInPlace()
    {
        // 3 x 3: the passes hold (0,0); none; none; (2,0); (0,2) (2,2); (1,0) (1,2); row 1.
        byte[] rows = [0, 1, 0, 3, 0, 7, 9, 0, 2, 0, 8, 0, 4, 5, 6];
        AssertPixels(PngFile.Make(3, 3, 8, 0, rows, interlaced: true), 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Theory]
    [InlineData("0.png")]
    [InlineData("3.jpg")]
    public void Read_EveryCut_IsALineThatNamesTheFile(string name)
    {
        using var folder = new TemporaryFolder();
        byte[] whole = File.ReadAllBytes(Path.Combine(Images, name));
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 60))
        {
            AssertRefused(folder.WriteBytes("cut" + Path.GetExtension(name), whole[..length]), "");
        }

        AssertRefused(folder.WriteBytes("cut", whole[..^1]), "truncated");
    }

    [Fact]
    public void Read_DamagedPng_SaysSo()
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File.ReadAllBytes(Path.Combine(Images, "1.png"));
        bytes[bytes.Length / 2] ^= 4;
        AssertRefused(folder.WriteBytes("bit.png", bytes), "checksum");
        AssertRefused(folder.WriteBytes("filter.png", PngFile.Make(1, 1, 8, 0, [9, 1])), "unknown filter");
        AssertRefused(folder.WriteBytes("short.png", PngFile.Make(1, 2, 8, 0, [0, 1])), "end early");
        AssertRefused(folder.WriteBytes("depth.png", PngFile.Make(1, 1, 3, 0, [0, 1])), "depth 3");
        AssertRefused(folder.WriteBytes("palette.png", PngFile.Make(1, 1, 8, 3, [0, 1])), "palette");
    }

    [Fact]
    public void Read_HugeImage_IsRefusedBeforeItIsDecoded()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.WriteBytes("bomb.png", PngFile.Make(60000, 60000, 8, 2, [0])), "60000 x 60000");
        AssertRefused(folder.WriteBytes("long.png", PngFile.Make(100000, 1, 8, 0, [0])), "65535");
        AssertRefused(folder.WriteBytes("none.png", PngFile.Make(0, 5, 8, 0, [0])), "0 x 5");
    }

    [Fact]
    public void Read_NoImage_SaysWhy()
    {
        using var folder = new TemporaryFolder();
        AssertRefused(folder.At("none.jpg"), "missing");
        AssertRefused(folder.WriteText("text.jpg", "hello"), "neither a JPEG nor a PNG");
    }

    private static void AssertPixels(byte[] file, params byte[] grey)
        => Assert.Equal(grey.SelectMany(value => new[] { value, value, value }), Decode(file).Pixels);

    private static RgbImage Decode(byte[] file)
    {
        using var folder = new TemporaryFolder();
        return ImageFile.Read(folder.WriteBytes("image", file));
    }

    private static void AssertRefused(string path, string reason)
    {
        string message = Assert.Throws<UserInputException>(() => ImageFile.Read(path)).Message;
        Assert.StartsWith(path, message, StringComparison.Ordinal);
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }
}
