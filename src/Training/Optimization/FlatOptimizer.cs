using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Training.Optimization;

/// <summary>AdamW over ranges of the flat weight vector, with the run's schedule, decay and clipping.</summary>
internal sealed class FlatOptimizer
{
    private readonly AdamWSettings _settings = new();
    private readonly LearningRateSchedule _schedule;
    private readonly TrainableParameters _parameters;
    private readonly MomentStore _moments;
    private readonly double[] _decays;
    private readonly double _clip;

    /// <summary>An optimizer.</summary>
    /// <param name="parameters">Weights.</param>
    /// <param name="moments">Their moments.</param>
    /// <param name="options">Rate, warm-up, decay, clip.</param>
    /// <param name="totalSteps">Steps of the run.</param>
    internal FlatOptimizer(TrainableParameters parameters, MomentStore moments, TrainingOptions options, int totalSteps)
    {
        _parameters = parameters;
        _moments = moments;
        _schedule = new LearningRateSchedule(options.PeakLearningRate(), options.ResolveWarmupSteps(totalSteps), totalSteps);
        _decays = [.. parameters.IsMatrix.Select(isMatrix => isMatrix || !options.ExcludeNormsFromDecay ? options.WeightDecay : 0)];
        _clip = options.Clip;
    }

    /// <summary>Applies the reduced gradient to some weights.</summary>
    /// <param name="step">Step, from 0.</param>
    /// <param name="norm">Global gradient norm.</param>
    /// <param name="ranges">The elements to update.</param>
    /// <param name="gradient">The reduced gradient.</param>
    /// <returns>The learning rate.</returns>
    internal double Apply(int step, double norm, RangeSet ranges, GradientReduction gradient)
    {
        double rate = _schedule.At(step);
        var update = new AdamWStep(_settings, step + 1, rate, GradientClip.Factor(norm, _clip));
        foreach (LayoutPiece piece in ranges.Ranges.SelectMany(_parameters.Layout.Pieces))
        {
            update.Apply(
                _parameters.Weights.Window(piece.Range),
                gradient.Read(piece),
                _moments.First(piece.Range),
                _moments.Second(piece.Range),
                _decays[piece.Tensor]);
        }

        return rate;
    }
}
