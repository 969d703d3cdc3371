using System.Buffers;

namespace Prometheus;

/// <summary>The value of a metric for one set of label values.</summary>
public abstract class ChildBase
{
    private volatile bool _isPublished;

    internal ChildBase()
    {
    }

    internal byte[] Name { get; set; } = [];

    internal byte[] Labels { get; set; } = [];

    internal bool IsPublished
    {
        get => _isPublished;
        set => _isPublished = value;
    }

    internal abstract void Write(IBufferWriter<byte> output);
}
