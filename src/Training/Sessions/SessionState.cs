using System.Runtime.InteropServices;
using NSft.Collectives;
using NSft.Training.Optimization;

namespace NSft.Training.Sessions;

/// <summary>A worker's weights and moments with what is known of them. Safe to use from any thread.</summary>
/// <remarks>
/// What is missing may be written and what is current may be read, never the reverse, so a forward pass, which runs on current weights
/// only, never meets a write. The host's copy is the truth; the device's follows before the next pass.
/// Bytes of a range: its float32 weights, then first moments, then second moments, of the parts asked for.
/// </remarks>
/// <param name="weights">Float32 weights.</param>
/// <param name="moments">Their moments.</param>
internal sealed class SessionState(FlatVector weights, MomentStore moments)
{
    private readonly Lock _gate = new();
    private readonly StateHoldings _holdings = new(new ElementRange(0, weights.Length));
    private bool _isUploadDue;
    private bool _isClosed;

    internal int NextStep => Locked(holdings => holdings.NextStep);

    internal RangeSet HeldMoments => Locked(holdings => holdings.HeldMoments);

    internal RangeSet RequiredMoments => Locked(holdings => holdings.RequiredMoments);

    internal RangeSet StaleWeights => Locked(holdings => holdings.StaleWeights);

    internal bool IsSynced => Locked(holdings => holdings.IsSynced);

    /// <summary>Copies what is held.</summary>
    /// <returns>The step that it is the state of.</returns>
    /// <exception cref="InvalidOperationException">Something of it is not held, or the state was closed.</exception>
    internal int Read(StateParts parts, ElementRange range, Span<byte> destination)
    {
        CheckLength(parts, range, destination.Length);
        Span<float> values = MemoryMarshal.Cast<byte, float>(destination);
        int length = checked((int)range.Length);
        lock (_gate)
        {
            if (_isClosed)
            {
                throw new InvalidOperationException("The session was let go: it has no state any more.");
            }

            if (!_holdings.CanRead(parts, range))
            {
                throw new InvalidOperationException($"{parts} of {range.Offset}..{range.End} are not held at step {_holdings.NextStep}.");
            }

            if (parts.HasFlag(StateParts.Weights))
            {
                weights.Window(range).CopyTo(values);
                values = values[length..];
            }

            if (parts.HasFlag(StateParts.Moments))
            {
                moments.CopyTo(range, values[..length], values[length..]);
            }

            return _holdings.NextStep;
        }
    }

    /// <summary>Takes what is missing of a range; what is held stays as it is.</summary>
    /// <returns>False, and nothing changed, when it is the state of another step or there is no room for it.</returns>
    internal bool Write(int step, StateParts parts, ElementRange range, ReadOnlySpan<byte> source)
    {
        CheckLength(parts, range, source.Length);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(source);
        lock (_gate)
        {
            if (_isClosed || !_holdings.CanWrite(step, parts, range))
            {
                return false;
            }

            if (parts.HasFlag(StateParts.Weights))
            {
                WriteWeights(range, values);
                values = values[(int)range.Length..];
            }

            if (parts.HasFlag(StateParts.Moments))
            {
                WriteMoments(range, values);
            }

            _holdings.NoteWritten(parts, range);
            return true;
        }
    }

    /// <summary>Takes weights and, of the moments, those that are required.</summary>
    /// <param name="range">Elements.</param>
    /// <param name="source">All parts.</param>
    internal void Load(ElementRange range, ReadOnlySpan<byte> source)
    {
        CheckLength(StateParts.All, range, source.Length);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(source);
        int length = (int)range.Length;
        lock (_gate)
        {
            WriteWeights(range, values);
            _holdings.NoteWritten(StateParts.Weights, range);
            foreach (ElementRange required in RangeSet.Of(range).Intersect(_holdings.RequiredMoments).Ranges)
            {
                ReadOnlySpan<float> first = values[(int)(length + required.Offset - range.Offset)..];
                moments.CopyFrom(required, first[..(int)required.Length], first.Slice(length, (int)required.Length));
                _holdings.NoteWritten(StateParts.Moments, required);
            }
        }
    }

    /// <summary>Forgets what is held and stands at a step.</summary>
    internal void Begin(int step)
    {
        lock (_gate)
        {
            _holdings.Begin(step);
            moments.KeepOnly(RangeSet.Empty);
        }
    }

    /// <summary>Makes room for moments.</summary>
    internal void Require(RangeSet ranges)
    {
        lock (_gate)
        {
            _holdings.Require(ranges);
        }
    }

    /// <summary>Frees all other moments.</summary>
    internal void KeepOnly(RangeSet ranges)
    {
        lock (_gate)
        {
            _holdings.KeepOnly(ranges);
            moments.KeepOnly(_holdings.RequiredMoments);
        }
    }

    /// <summary>Applies a step where weights, moments and totals are there; the rest becomes stale.</summary>
    /// <param name="totals">Where the gradient's total is known.</param>
    /// <param name="apply">Updates a step's weights and moments of some elements and returns the learning rate.</param>
    /// <returns>The learning rate.</returns>
    internal double Commit(RangeSet totals, Func<int, RangeSet, double> apply)
    {
        lock (_gate)
        {
            RangeSet updated = _holdings.Updatable(totals);
            double rate = apply(_holdings.NextStep, updated);
            _holdings.Advance(updated);
            _isUploadDue = true;
            return rate;
        }
    }

    /// <summary>Brings the device up to date; on the thread that owns the tensors.</summary>
    internal void Upload()
    {
        lock (_gate)
        {
            if (_isUploadDue)
            {
                weights.Upload();
                _isUploadDue = false;
            }
        }
    }

    /// <summary>Gives and takes nothing any more: from here on the memory may be freed, whoever still asks for it.</summary>
    internal void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }
    }

    private static void CheckLength(StateParts parts, ElementRange range, int bytes)
    {
        int vectors = (parts.HasFlag(StateParts.Weights) ? 1 : 0) + (parts.HasFlag(StateParts.Moments) ? 2 : 0);
        if (bytes != range.Length * vectors * sizeof(float))
        {
            throw new ArgumentException(
                $"{parts} of {range.Offset}..{range.End} take {range.Length * vectors * sizeof(float)} bytes, not {bytes}.", nameof(bytes));
        }
    }

    private void WriteWeights(ElementRange range, ReadOnlySpan<float> values)
    {
        foreach (ElementRange missing in _holdings.StaleWeights.Intersect(RangeSet.Of(range)).Ranges)
        {
            values.Slice((int)(missing.Offset - range.Offset), (int)missing.Length).CopyTo(weights.Window(missing));
            _isUploadDue = true;
        }
    }

    private void WriteMoments(ElementRange range, ReadOnlySpan<float> values)
    {
        foreach (ElementRange missing in RangeSet.Of(range).Except(_holdings.HeldMoments).Ranges)
        {
            int at = (int)(missing.Offset - range.Offset);
            int length = (int)missing.Length;
            moments.CopyFrom(missing, values.Slice(at, length), values.Slice((int)range.Length + at, length));
        }
    }

    private T Locked<T>(Func<StateHoldings, T> read)
    {
        lock (_gate)
        {
            return read(_holdings);
        }
    }
}
