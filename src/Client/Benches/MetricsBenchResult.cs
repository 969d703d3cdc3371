namespace NSft.Client.Benches;

/// <summary>What measuring and scraping take.</summary>
/// <param name="Steps">Steps of the run.</param>
/// <param name="StepSeconds">Mean time of a step.</param>
/// <param name="MeasurementsPerStep">What all workers and the coordinator record a step.</param>
/// <param name="MeasurementSeconds">Time of one measurement through the exporter.</param>
/// <param name="ScrapeSeconds">Mean time of a scrape over HTTP while the run goes on, its client's part included.</param>
/// <param name="ScrapeBytes">Size of the answer.</param>
internal sealed record MetricsBenchResult(
    int Steps, double StepSeconds, double MeasurementsPerStep, double MeasurementSeconds, double ScrapeSeconds, long ScrapeBytes)
{
    /// <summary>Measuring over the time of a step.</summary>
    public double MeasuringShare => MeasurementsPerStep * MeasurementSeconds / StepSeconds;

    /// <summary>One scrape over the time of a step.</summary>
    public double ScrapeShare => ScrapeSeconds / StepSeconds;
}
