using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using NSft.Model.Configuration;
using NSft.Model.Images;
using NSft.Model.Serialization;
using NSft.Tests;

namespace NSft.Model.Tests.Images;

/// <summary>Pixels against those of Pillow, libjpeg-turbo and Hugging Face's processor.</summary>
public class ReferenceImageTests
{
    private static readonly string Fixture = RepositoryPaths.At("tests", "fixtures", "llava-tiny");
    private static readonly JsonElement Cases = JsonDocument.Parse(File.ReadAllBytes(RepositoryPaths.At("tests", "Model.Tests", "Images", "reference_cases.json"))).RootElement;

    [Theory]
    [InlineData("0.png")]
    [InlineData("1.png")]
    [InlineData("2.png")]
    [InlineData("3.jpg")]
    [InlineData("4.jpg")]
    public void Process_FixtureImage_IsEqualToTheBit(string name)
    {
        using SafetensorsFile expected = SafetensorsFile.Open(Path.Combine(Fixture, "images_expected.safetensors"));
        string path = Path.Combine(Fixture, "images", name);
        LlavaConfig config = LlavaConfig.Load(Path.Combine(Fixture, "model"));

        Assert.Equal(expected.Bytes(expected.Entries["rgb." + name]), ImageFile.Read(path).Pixels);
        foreach ((ImageMode mode, string prefix) in new[] { (ImageMode.Crop, "crop."), (ImageMode.Pad, "pad.") })
        {
            float[] values = ImageProcessor.ForModel(Path.Combine(Fixture, "model"), config, mode).Process(path);
            Assert.Equal(MemoryMarshal.Cast<byte, float>(expected.Bytes(expected.Entries[prefix + name])).ToArray(), values);
        }
    }

    [Fact]
    public void Read_JpegKinds_HavePillowsPixels()
    {
        using var folder = new TemporaryFolder();
        foreach (JsonElement item in Cases.GetProperty("jpeg").EnumerateArray())
        {
            RgbImage image = ImageFile.Read(folder.WriteBytes("case.jpg", item.GetProperty("file").GetBytesFromBase64()));

            Assert.Equal((item.GetProperty("width").GetInt32(), item.GetProperty("height").GetInt32()), (image.Width, image.Height));
            Assert.True(item.GetProperty("rgb").GetString() == Hash(image), item.GetProperty("name").GetString());
        }
    }

    [Fact]
    public void Resize_ManyShapes_IsPillowsAndTorchvisionsToTheBit()
    {
        foreach (JsonElement item in Cases.GetProperty("resize").EnumerateArray())
        {
            FramedImage source = FramedImage.Plain(Pattern(item.GetProperty("width").GetInt32(), item.GetProperty("height").GetInt32()));
            (int Width, int Height) size = (item.GetProperty("toWidth").GetInt32(), item.GetProperty("toHeight").GetInt32());
            var all = new PixelWindow(0, 0, size.Width, size.Height);

            Assert.Equal(item.GetProperty("pillow").GetString(), Hash(BicubicResampler.Resize(source, size, all, ResampleArithmetic.Pillow)));
            Assert.Equal(item.GetProperty("torchvision").GetString(), Hash(BicubicResampler.Resize(source, size, all, ResampleArithmetic.Torchvision)));
        }
    }

    [Fact]
    public void Resize_Window_IsAPartOfTheWhole()
    {
        FramedImage source = FramedImage.Plain(Pattern(61, 47));
        foreach (ResampleArithmetic arithmetic in Enum.GetValues<ResampleArithmetic>())
        {
            RgbImage whole = BicubicResampler.Resize(source, (90, 33), new PixelWindow(0, 0, 90, 33), arithmetic);
            RgbImage part = BicubicResampler.Resize(source, (90, 33), new PixelWindow(17, 9, 40, 11), arithmetic);
            for (int y = 0; y < part.Height; y++)
            {
                Assert.Equal(whole.Row(9 + y).Slice(17 * RgbImage.Channels, 40 * RgbImage.Channels), part.Row(y));
            }
        }
    }

    private static RgbImage Pattern(int width, int height)
    {
        byte[] pixels = new byte[width * height * RgbImage.Channels];
        for (long i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (byte)(((i * i * 31) + (i * 17) + (i / (width * RgbImage.Channels) * 91) + ((i >> 3) * 7)) >> 2);
        }

        return new RgbImage(width, height, pixels);
    }

    private static string Hash(RgbImage image) => Convert.ToHexString(SHA256.HashData(image.Pixels));
}
