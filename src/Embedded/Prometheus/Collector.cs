using System.Buffers;
using System.Text;

namespace Prometheus;

/// <summary>A metric: a name, and values by labels.</summary>
public abstract class Collector
{
    internal Collector(string name, string help, string[] labelNames, string type)
    {
        TextFormat.CheckName(name);
        foreach (string label in labelNames)
        {
            TextFormat.CheckLabelName(label);
        }

        if (labelNames.Distinct(StringComparer.Ordinal).Count() != labelNames.Length)
        {
            throw new InvalidOperationException($"{name} has a label twice: {string.Join(", ", labelNames)}");
        }

        Name = name;
        Help = help;
        LabelNames = labelNames;
        Declaration = Encoding.UTF8.GetBytes($"# HELP {name} {TextFormat.EscapeHelp(help)}\n# TYPE {name} {type}\n");
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it means.</summary>
    public string Help { get; }

    /// <summary>Names of its labels.</summary>
    public string[] LabelNames { get; }

    internal ReadOnlyMemory<byte> Declaration { get; }

    internal abstract void Collect(IBufferWriter<byte> output);
}
