namespace NSft.Training.Optimization;

/// <summary>Clipping by the global norm.</summary>
internal static class GradientClip
{
    // As torch.nn.utils.clip_grad_norm_.
    private const double Epsilon = 1e-6;

    /// <summary>What the gradient is multiplied by.</summary>
    /// <param name="norm">Global norm of the reduced gradient.</param>
    /// <param name="limit">Largest norm; 0 for no clipping.</param>
    internal static double Factor(double norm, double limit) => limit == 0 ? 1 : Math.Min(1, limit / (norm + Epsilon));
}
