namespace NSft.Grains.Jobs;

/// <summary>What makes a job this job and no other: all that its result depends on, in words that the user knows.</summary>
/// <param name="Kind">What is done, such as <c>construct</c>.</param>
/// <param name="Values">Names, as options are called, with their values.</param>
internal sealed record JobFacts(string Kind, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>The first difference in words, or null when both are the same job.</summary>
    /// <param name="there">The job that is already there.</param>
    internal string? DifferenceFrom(JobFacts there)
    {
        if (there.Kind != Kind)
        {
            return $"it is a job of nsft {there.Kind}";
        }

        foreach (var name in Values.Keys.Union(there.Values.Keys).Order(StringComparer.Ordinal))
        {
            var here = Values.GetValueOrDefault(name, "not given");
            var other = there.Values.GetValueOrDefault(name, "not given");
            if (here != other)
            {
                return $"{name} is {other} there and {here} here";
            }
        }

        return null;
    }
}
