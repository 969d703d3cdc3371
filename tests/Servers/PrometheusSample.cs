namespace NSft.Tests.Servers;

/// <summary>A series of a query's result at one moment.</summary>
/// <param name="Labels">Its labels.</param>
/// <param name="Value">Its value; may be NaN or infinite.</param>
public sealed record PrometheusSample(IReadOnlyDictionary<string, string> Labels, double Value)
{
    /// <summary>A label's value; empty where the series has none of that name.</summary>
    public string this[string label] => Labels.GetValueOrDefault(label, "");
}
