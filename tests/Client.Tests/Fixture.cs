using NSft.Tests;

namespace NSft.Client.Tests;

/// <summary>Paths of the tiny model and of the sample.</summary>
internal static class Fixture
{
    public static string Tokenizer { get; } = Tiny("tokenizer.model");

    public static string Model { get; } = Tiny("model");

    public static string Adapter { get; } = Tiny("lora");

    public static string SampleModel { get; } = Sample("model");

    public static string SampleTokenizer { get; } = Sample("tokenizer.model");

    public static string SampleImages { get; } = Sample("images");

    public static string Tiny(params string[] parts) => RepositoryPaths.At(["tests", "fixtures", "llava-tiny", .. parts]);

    public static string Sample(params string[] parts) => RepositoryPaths.At(["samples", "scenes", .. parts]);
}
