using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A handle to one of libtorch's tensors. Freed by <see cref="Dispose()"/>, by the scope that owns it, or, when forgotten, by the finalizer.</summary>
    public sealed partial class Tensor : IDisposable
    {
        private static long s_liveCount;
        private static long s_peakCount;

        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            long live = Interlocked.Increment(ref s_liveCount);
            if (live > Volatile.Read(ref s_peakCount))
            {
                RaisePeak(live);
            }

            DisposeScopeManager.OfThread.Created(this);
        }

        ~Tensor() => Free();

        /// <summary>Tensor objects of the process that are not disposed yet.</summary>
        public static long TotalCount => Volatile.Read(ref s_liveCount);

        public static long PeakCount => Volatile.Read(ref s_peakCount);

        public nint Handle => _handle != 0 ? _handle : throw new InvalidOperationException("Tensor invalid -- empty handle.");

        public bool IsInvalid => _handle == 0;

        internal DisposeScope? OwningScope { get; set; }

        internal Tensor? NextInScope { get; set; }

        internal Tensor? PreviousInScope { get; set; }

        public static Tensor UnsafeCreateTensor(nint handle) => new(handle);

        public override bool Equals(object? obj) => obj is Tensor tensor && ReferenceEquals(this, tensor);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);

        public void Dispose()
        {
            if (_handle == 0)
            {
                return;
            }

            if (OwningScope is { } scope)
            {
                scope.MarkAsDisposed(this);
            }
            else
            {
                DisposeScopeManager.OfThread.Disposed(inScope: false);
            }

            Free();
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            OwningScope?.MoveToOuter(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            OwningScope?.Detach(this);
            return this;
        }

        /// <summary>A second handle to the same tensor, owned by the innermost scope.</summary>
        public Tensor alias() => Op.Alias.Call(this);

        internal Tensor Share()
        {
            var shared = new Tensor(Native.nsft_tensor_share(Handle));
            GC.KeepAlive(this);
            return shared;
        }

        private static void RaisePeak(long live)
        {
            long peak = Volatile.Read(ref s_peakCount);
            while (live > peak)
            {
                long before = Interlocked.CompareExchange(ref s_peakCount, live, peak);
                if (before == peak)
                {
                    return;
                }

                peak = before;
            }
        }

        private void Free()
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.nsft_tensor_free(handle);
                Interlocked.Decrement(ref s_liveCount);
            }
        }
    }
}
