using System.Runtime.InteropServices;
using NSft.Collectives;
using NSft.Training.Sessions;

namespace NSft.Grains.Tests.Testing;

/// <summary>Weights and two moments of a scripted session, with the bookkeeping of a real one; the update is descent with momentum.</summary>
internal sealed class ScriptedState(GradientLayout layout)
{
    private const float LearningRate = 1e-3f;

    private readonly Lock _gate = new();
    private readonly StateHoldings _holdings = new(layout.Whole);
    private readonly float[] _first = new float[layout.Length];
    private readonly float[] _second = new float[layout.Length];

    internal float[] Weights { get; } = new float[layout.Length];

    internal long HeldBytes => Query(holdings => layout.Length + (2 * holdings.RequiredMoments.Length)) * sizeof(float);

    internal T Query<T>(Func<StateHoldings, T> query)
    {
        lock (_gate)
        {
            return query(_holdings);
        }
    }

    internal void Change(Action<StateHoldings> change)
    {
        lock (_gate)
        {
            change(_holdings);
            Clear(RangeSet.Of(layout.Whole).Except(_holdings.RequiredMoments));
        }
    }

    internal int Read(StateParts parts, ElementRange range, Span<byte> destination)
    {
        lock (_gate)
        {
            if (!_holdings.CanRead(parts, range))
            {
                throw new InvalidOperationException($"{parts} of {range.Offset}..{range.End} are not held at step {_holdings.NextStep}.");
            }

            foreach (var vector in Vectors(parts))
            {
                var bytes = MemoryMarshal.AsBytes(vector.AsSpan((int)range.Offset, (int)range.Length));
                bytes.CopyTo(destination);
                destination = destination[bytes.Length..];
            }

            return _holdings.NextStep;
        }
    }

    internal bool Write(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            if (!_holdings.CanWrite(step, parts, range))
            {
                return false;
            }

            foreach (var vector in Vectors(parts))
            {
                var bytes = MemoryMarshal.AsBytes(vector.AsSpan((int)range.Offset, (int)range.Length));
                source[..bytes.Length].CopyTo(bytes);
                source = source[bytes.Length..];
            }

            _holdings.NoteWritten(parts, range);
            return true;
        }
    }

    internal void Commit(RangeSet totals, ReadOnlySpan<float> gradient)
    {
        lock (_gate)
        {
            var updated = _holdings.Updatable(totals);
            foreach (var range in updated.Ranges)
            {
                for (var i = (int)range.Offset; i < range.End; i++)
                {
                    _first[i] = (0.5f * _first[i]) + gradient[i];
                    _second[i] = (0.5f * _second[i]) + MathF.Abs(gradient[i]);
                    Weights[i] -= LearningRate * (_first[i] + (0.1f * _second[i]));
                }
            }

            _holdings.Advance(updated);
        }
    }

    private void Clear(RangeSet ranges)
    {
        foreach (var range in ranges.Ranges)
        {
            _first.AsSpan((int)range.Offset, (int)range.Length).Clear();
            _second.AsSpan((int)range.Offset, (int)range.Length).Clear();
        }
    }

    private IEnumerable<float[]> Vectors(StateParts parts)
    {
        float[][] weights = parts.HasFlag(StateParts.Weights) ? [Weights] : [];
        float[][] moments = parts.HasFlag(StateParts.Moments) ? [_first, _second] : [];
        return weights.Concat(moments);
    }
}
