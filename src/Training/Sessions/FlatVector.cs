using System.Runtime.InteropServices;
using NSft.Collectives;
using static TorchSharp.torch;

namespace NSft.Training.Sessions;

/// <summary>One flat float32 vector: tensors see views of it on the device, arithmetic sees spans of it on the host.</summary>
/// <remarks>
/// On the CPU both are the same memory. On another device there are two copies; <see cref="Upload"/> and <see cref="Download()"/> move between them.
/// </remarks>
internal sealed unsafe class FlatVector : IDisposable
{
    private readonly Tensor _host;
    private readonly Tensor _device;
    private readonly float* _start;

    /// <summary>A vector of zeros.</summary>
    /// <param name="length">Number of elements, at least 1.</param>
    /// <param name="device">Where views live; null for a vector that only the host uses.</param>
    internal FlatVector(long length, Device? device = null)
    {
        _host = zeros([length], ScalarType.Float32).DetachFromDisposeScope();
        _device = device is null || device.type == TorchSharp.DeviceType.CPU
            ? _host
            : zeros([length], ScalarType.Float32, device).DetachFromDisposeScope();
        using Tensor first = _host.narrow(0, 0, 1);
        fixed (byte* start = &MemoryMarshal.GetReference(first.bytes))
        {
            // Native memory of the tensor, which does not move while the tensor lives.
            _start = (float*)start;
        }

        Length = length;
    }

    /// <summary>Number of elements.</summary>
    internal long Length { get; }

    /// <summary>Elements as the host sees them.</summary>
    /// <param name="offset">First element.</param>
    /// <param name="length">Number of elements.</param>
    internal Span<float> Window(long offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + length, Length, nameof(length));
        return new Span<float>(_start + offset, length);
    }

    /// <summary>The elements of an exponent slice as the host sees them.</summary>
    internal Span<float> Window(GradientSlice slice) => Window(slice.Offset, slice.Length);

    /// <summary>Elements of a range as the host sees them.</summary>
    internal Span<float> Window(ElementRange range) => Window(range.Offset, checked((int)range.Length));

    /// <summary>A view on the device with a shape; the caller's handle on shared memory.</summary>
    internal Tensor View(long offset, long[] shape)
    {
        long length = shape.Aggregate(1L, static (product, size) => product * size);
        using Tensor part = _device.narrow(0, offset, length);
        return part.view(shape);
    }

    /// <summary>Brings what the host wrote to the device.</summary>
    internal void Upload() => Copy(_host, _device);

    /// <summary>Brings what the device wrote to the host.</summary>
    internal void Download() => Copy(_device, _host);

    /// <summary>Brings what the device wrote to some elements to the host.</summary>
    internal void Download(GradientSlice slice)
    {
        if (!ReferenceEquals(_device, _host))
        {
            using var scope = NewDisposeScope();
            _host.narrow(0, slice.Offset, slice.Length).copy_(_device.narrow(0, slice.Offset, slice.Length));
        }
    }

    /// <summary>Sets the device's elements to zero; on the CPU the host's too.</summary>
    internal void ClearOnDevice()
    {
        using var scope = NewDisposeScope();
        _device.zero_();
    }

    public void Dispose()
    {
        _host.Dispose();
        _device.Dispose();
    }

    private static void Copy(Tensor from, Tensor to)
    {
        if (!ReferenceEquals(from, to))
        {
            using var scope = NewDisposeScope();
            to.copy_(from);
        }
    }
}
