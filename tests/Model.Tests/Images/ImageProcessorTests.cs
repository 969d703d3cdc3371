using NSft.Collectives;
using NSft.Model.Configuration;
using NSft.Model.Images;

namespace NSft.Model.Tests.Images;

public class ImageProcessorTests
{
    private const int Size = 8;
    private static readonly LlavaConfig Config = new() { Vision = new ClipVisionConfig { ImageSize = Size, PatchSize = 4 } };

    [Fact]
    public void Process_BlackAndWhite_HaveClipsValues()
    {
        using var folder = new TemporaryFolder();
        float[] black = Process(folder, "", ImageMode.Crop, Solid(Size, Size, 0));
        float[] white = Process(folder, "", ImageMode.Pad, Solid(Size, Size, 255));
        double[] expectedBlack = [-1.7923, -1.7521, -1.4802];
        double[] expectedWhite = [1.9303, 2.0749, 2.1459];
        for (int channel = 0; channel < RgbImage.Channels; channel++)
        {
            Assert.All(black.AsSpan(channel * Size * Size, Size * Size).ToArray(), value => Assert.Equal(expectedBlack[channel], value, 4));
            Assert.All(white.AsSpan(channel * Size * Size, Size * Size).ToArray(), value => Assert.Equal(expectedWhite[channel], value, 4));
        }
    }

    [Theory]
    [InlineData(8, 4, 2)]
    [InlineData(8, 5, 1)]
    public void Process_Pad_PutsBarsOfTheMeanColourAround(int width, int height, int top)
    {
        using var folder = new TemporaryFolder();
        float[] values = Process(folder, "", ImageMode.Pad, Solid(width, height, 255));
        float bar = ((122 / 255f) - 0.48145466f) / 0.26862954f;
        for (int y = 0; y < Size; y++)
        {
            bool isImage = y >= top && y < top + height;
            Assert.Equal(isImage ? 1.9303f : bar, values[y * Size], 1e-4f);
        }
    }

    [Fact]
    public void Process_Crop_CutsTheMiddleOut()
    {
        using var folder = new TemporaryFolder();
        byte[] rows = [.. Enumerable.Range(0, Size).SelectMany(_ => new byte[] { 0 }.Concat(Enumerable.Range(0, 11).Select(x => (byte)(x * 20))))];
        float[] values = Process(folder, "", ImageMode.Crop, PngFile.Make(11, Size, 8, 0, rows));

        Assert.Equal(((20 / 255f) - 0.48145466f) / 0.26862954f, values[0], 1e-4f);
        Assert.Equal(((160 / 255f) - 0.48145466f) / 0.26862954f, values[7], 1e-4f);
    }

    [Fact]
    public void Process_CropLargerThanTheImage_SurroundsItWithBlack()
    {
        using var folder = new TemporaryFolder();
        float[] values = Process(folder, """{ "size": { "shortest_edge": 5 }, "crop_size": 8 }""", ImageMode.Crop, Solid(5, 5, 255));

        Assert.Equal(-1.7923f, values[0], 1e-4f);
        Assert.Equal(-1.7923f, values[(1 * Size) + 4], 1e-4f);
        Assert.Equal(1.9303f, values[(2 * Size) + 2], 1e-4f);
        Assert.Equal(1.9303f, values[(6 * Size) + 6], 1e-4f);
        Assert.Equal(-1.7923f, values[(7 * Size) + 7], 1e-4f);
    }

    [Fact]
    public void Process_ExactSizeWithoutCrop_SquashesTheImage()
    {
        using var folder = new TemporaryFolder();
        float[] values = Process(folder, """{ "size": { "height": 8, "width": 8 }, "do_center_crop": false, "image_mean": [0, 0, 0], "image_std": [1, 1, 1] }""", ImageMode.Crop, Solid(31, 5, 255));
        Assert.All(values, value => Assert.Equal(1f, value));
    }

    [Fact]
    public void Process_ExtremeShape_TakesNoMoreThanItsPart()
    {
        using var folder = new TemporaryFolder();
        byte[] rows = [.. Enumerable.Repeat<byte[]>([0, 200], 60000).SelectMany(row => row)];
        byte[] file = PngFile.Make(1, 60000, 8, 0, rows);

        float[] values = Process(folder, """{ "image_mean": [0, 0, 0], "image_std": [1, 1, 1] }""", ImageMode.Crop, file);

        Assert.All(values, value => Assert.Equal(200 / 255f, value, 1e-6f));
    }

    [Theory]
    [InlineData("""{ "crop_size": { "height": 7, "width": 8 } }""", "vision tower's 8 x 8")]
    [InlineData("""{ "do_center_crop": false }""", "vision tower's 8 x 8")]
    [InlineData("""{ "do_normalize": false }""", "do_normalize")]
    [InlineData("""{ "resample": 2 }""", "resample")]
    [InlineData("""{ "image_std": [1, 0, 1] }""", "image_std")]
    [InlineData("""{ "image_mean": [1, 0] }""", "list of 3 numbers")]
    [InlineData("{", "not valid JSON")]
    public void ForModel_SettingsThatCannotBeFollowed_AreNamed(string json, string named)
    {
        using var folder = new TemporaryFolder();
        folder.WriteText("preprocessor_config.json", json);
        string message = Assert.Throws<UserInputException>(() => ImageProcessor.ForModel(folder.Root, Config, ImageMode.Pad)).Message;
        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.Contains("preprocessor_config.json", message, StringComparison.Ordinal);
    }

    private static float[] Process(TemporaryFolder folder, string settings, ImageMode mode, byte[] image)
    {
        if (settings.Length > 0)
        {
            folder.WriteText("preprocessor_config.json", settings);
        }

        return ImageProcessor.ForModel(folder.Root, Config, mode).Process(folder.WriteBytes("image.png", image));
    }

    private static byte[] Solid(int width, int height, byte value)
        => PngFile.Make(width, height, 8, 0, [.. Enumerable.Range(0, height).SelectMany(_ => new byte[] { 0 }.Concat(Enumerable.Repeat(value, width)))]);
}
