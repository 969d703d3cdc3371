using System.Globalization;

namespace Orleans;

/// <summary>How long callers of a method wait.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Interface | AttributeTargets.Class)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Sets the time, written like <c>00:01:00</c>.</summary>
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

    /// <summary>The time.</summary>
    public TimeSpan? Timeout { get; init; }
}
