using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Optimization;

/// <summary>AdamW over the flat weight vector, with the run's schedule, decay and clipping.</summary>
internal sealed class FlatOptimizer : IDisposable
{
    private readonly AdamWSettings _settings = new();
    private readonly LearningRateSchedule _schedule;
    private readonly TrainableParameters _parameters;
    private readonly FlatVector _first;
    private readonly FlatVector _second;
    private readonly double[] _decays;
    private readonly double _clip;

    /// <summary>An optimizer with empty moments.</summary>
    /// <param name="parameters">Weights and gradients.</param>
    /// <param name="options">Rate, warm-up, decay, clip.</param>
    /// <param name="totalSteps">Steps of the run.</param>
    internal FlatOptimizer(TrainableParameters parameters, TrainingOptions options, int totalSteps)
    {
        _parameters = parameters;
        _schedule = new LearningRateSchedule(options.PeakLearningRate(), options.ResolveWarmupSteps(totalSteps), totalSteps);
        _first = new FlatVector(parameters.Layout.Length);
        _second = new FlatVector(parameters.Layout.Length);
        _decays = [.. parameters.IsMatrix.Select(isMatrix => isMatrix || !options.ExcludeNormsFromDecay ? options.WeightDecay : 0)];
        _clip = options.Clip;
    }

    /// <summary>Bytes of the moments.</summary>
    internal long Bytes => (_first.Length + _second.Length) * sizeof(float);

    /// <summary>Applies the gradient vector to the weights.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="norm">Global gradient norm.</param>
    /// <returns>The learning rate.</returns>
    internal double Apply(int step, double norm)
    {
        double rate = _schedule.At(step);
        var update = new AdamWStep(_settings, step + 1, rate, GradientClip.Factor(norm, _clip));
        foreach (GradientSlice slice in _parameters.Layout.Slices)
        {
            update.Apply(
                _parameters.Weights.Window(slice),
                _parameters.Gradients.Window(slice),
                _first.Window(slice),
                _second.Window(slice),
                _decays[slice.Tensor]);
        }

        _parameters.Weights.Upload();
        return rate;
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
