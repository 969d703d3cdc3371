namespace NSft.Training.Optimization;

/// <summary>Linear warm-up, then a cosine to zero.</summary>
/// <param name="Peak">Largest learning rate.</param>
/// <param name="WarmupSteps">Steps of warm-up; the first has rate 0. Without warm-up the first step has the full rate.</param>
/// <param name="TotalSteps">Steps of the run.</param>
/// <remarks>Source: transformers 5.17, get_cosine_schedule_with_warmup.</remarks>
public sealed record LearningRateSchedule(double Peak, int WarmupSteps, int TotalSteps)
{
    /// <summary>The rate that a step is applied with.</summary>
    /// <param name="step">Step, from 0.</param>
    public double At(int step)
    {
        if (step < WarmupSteps)
        {
            return Peak * step / WarmupSteps;
        }

        double progress = (step - WarmupSteps) / (double)Math.Max(1, TotalSteps - WarmupSteps);
        return Peak * Math.Max(0.0, 0.5 * (1.0 + Math.Cos(Math.PI * progress)));
    }
}
