namespace TorchSharp;

public static partial class torch
{
    /// <summary>A source of random numbers with a state of its own.</summary>
    public class Generator : IDisposable
    {
        private static readonly Generator Shared = new(Native.nsft_generator_default(), CPU);

        private nint _handle;

        public Generator(ulong seed = 0, Device? device = null)
            : this(Native.nsft_generator_new((device ?? CPU).Bits, seed), device ?? CPU)
        {
        }

        private Generator(nint handle, Device device)
        {
            _handle = handle != 0 ? handle : throw Native.Failure();
            this.device = device;
        }

        ~Generator() => Dispose(false);

        /// <summary>The process's generator of the CPU.</summary>
        public static Generator Default => Shared;

        public nint Handle => _handle != 0 ? _handle : throw new ObjectDisposedException(nameof(Generator));

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Native.nsft_generator_manual_seed(Handle, unchecked((ulong)seed));
            GC.KeepAlive(this);
            return this;
        }

        public long initial_seed()
        {
            long seed = unchecked((long)Native.nsft_generator_seed(Handle));
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            nint state = Native.nsft_generator_get_state(Handle);
            GC.KeepAlive(this);
            return state != 0 ? new Tensor(state) : throw Native.Failure();
        }

        public void set_state(Tensor value)
        {
            Native.Check(Native.nsft_generator_set_state(Handle, value.Handle));
            GC.KeepAlive(this);
            GC.KeepAlive(value);
        }

        public void Dispose()
        {
            if (!ReferenceEquals(this, Shared))
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }
        }

        protected virtual void Dispose(bool disposing)
        {
            nint handle = Interlocked.Exchange(ref _handle, 0);
            if (handle != 0)
            {
                Native.nsft_generator_free(handle);
            }
        }
    }
}
