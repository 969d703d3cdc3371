using System.Runtime.InteropServices;
using NSft.Model;
using NSft.Model.Configuration;
using NSft.Model.Images;
using static TorchSharp.torch;

namespace NSft.Benches;

/// <summary>Frozen vision features as plain numbers, so that both sides compute on the same ones.</summary>
internal static class VisionFeatures
{
    /// <summary>A reader of normalised pixels for a model.</summary>
    public static Func<string, float[]> PixelReader(string modelDirectory) =>
        ImageProcessor.ForModel(modelDirectory, LlavaConfig.Load(modelDirectory), ImageMode.Pad).Process;

    /// <summary>Features of one image, row-major (P, D).</summary>
    public static float[] Of(LlavaModel model, Func<string, float[]> readPixels, string imagePath)
    {
        using var scope = NewDisposeScope();
        int size = model.Config.Vision.ImageSize;
        Tensor features = model.EncodeImages(tensor(readPixels(imagePath), [1, 3, size, size]));
        return MemoryMarshal.Cast<byte, float>(features.contiguous().bytes).ToArray();
    }
}
