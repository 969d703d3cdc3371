using NSft.Collectives;
using NSft.Grains.Hosting;

namespace NSft.Grains.Tests.Sampling;

public sealed class SamplingSettingsTests
{
    public static TheoryData<string, Func<SamplingSettings, SamplingSettings>> Wrong => new()
    {
        { "--n", settings => settings with { SampleCount = 0 } },
        { "--n", settings => settings with { Temperature = 0, SampleCount = 2 } },
        { "--temperature", settings => settings with { Temperature = double.NaN } },
        { "--top-p", settings => settings with { TopP = 0 } },
        { "--top-k", settings => settings with { TopK = -1 } },
        { "--workers", settings => settings with { Workers = -1 } },
        { "--noise-step", settings => settings with { Model = settings.Model with { NoiseStep = 1000 } } },
        { "--max-new-tokens", settings => settings with { Model = settings.Model with { MaxNewTokens = 0 } } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void EnsureValid_ValueOutsideItsRange_NamesTheOption(string option, Func<SamplingSettings, SamplingSettings> change)
    {
        using var world = new SamplingWorld();
        SamplingSettingsValidator.EnsureValid(world.Settings);

        var error = Assert.Throws<UserInputException>(() => SamplingSettingsValidator.EnsureValid(change(world.Settings)));

        Assert.StartsWith(option, error.Message, StringComparison.Ordinal);
    }
}
