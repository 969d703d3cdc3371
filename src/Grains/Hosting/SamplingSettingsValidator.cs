using NSft.Collectives;
using NSft.Model.Images;

namespace NSft.Grains.Hosting;

/// <summary>Checks settings before any work begins.</summary>
internal static class SamplingSettingsValidator
{
    /// <exception cref="UserInputException">A value cannot be used; names the option.</exception>
    internal static void EnsureValid(SamplingSettings settings)
    {
        Require(settings.SampleCount >= 1, $"--n cannot be {settings.SampleCount}: give at least 1");
        Require(settings.Model.MaxNewTokens >= 1, $"--max-new-tokens cannot be {settings.Model.MaxNewTokens}: give at least 1");
        Require(settings.Model.BatchSize >= 1, $"--batch-size cannot be {settings.Model.BatchSize}: give at least 1");
        Require(settings.BlockBatches >= 1, $"--block-batches cannot be {settings.BlockBatches}: give at least 1");
        Require(settings.Workers >= 0, $"--workers cannot be {settings.Workers}: give at least 1, or 0 for all devices");
        Require(double.IsFinite(settings.Temperature) && settings.Temperature >= 0, $"--temperature cannot be {settings.Temperature}: give 0 for greedy, or more");
        Require(settings.TopP is > 0 and <= 1, $"--top-p cannot be {settings.TopP}: give more than 0 and at most 1");
        Require(settings.TopK >= 0, $"--top-k cannot be {settings.TopK}: give at least 1, or 0 for all tokens");
        Require(settings.Temperature > 0 || settings.SampleCount == 1, $"--n {settings.SampleCount}: all greedy answers to a prompt are the same; give --n 1, or a temperature");
        Require(
            settings.Model.NoiseStep is null or (>= 0 and < DiffusionNoise.StepCount),
            $"--noise-step cannot be {settings.Model.NoiseStep}: give 0 to {DiffusionNoise.StepCount - 1}; SeVa takes 500 or 800");
    }

    private static void Require(bool isMet, FormattableString message)
    {
        if (!isMet)
        {
            throw new UserInputException(FormattableString.Invariant(message));
        }
    }
}
