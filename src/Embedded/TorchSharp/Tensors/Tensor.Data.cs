
namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The tensor's own memory. Only for contiguous tensors of the CPU with at most 2^31-1 bytes; valid while the tensor lives.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                if (!is_cpu())
                {
                    throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
                }

                if (!is_contiguous())
                {
                    throw new NotImplementedException("Bytes() called on non-contiguous tensor.");
                }

                long total = numel() * element_size();
                if (total > int.MaxValue)
                {
                    throw new NotImplementedException($"Bytes() is limited to {int.MaxValue} bytes, the tensor has {total}: take narrow() parts of it.");
                }

                return new Span<byte>((void*)DataAddress(), (int)total);
            }

            set
            {
                Span<byte> own = bytes;
                if (own.Length != value.Length)
                {
                    throw new ArgumentException($"{value.Length} bytes given for a tensor of {own.Length}");
                }

                value.CopyTo(own);
            }
        }

        /// <summary>The elements, typed; a tensor of another device is copied to the CPU first.</summary>
        public Utils.TensorAccessor<T> data<T>()
            where T : unmanaged
        {
            RequireType<T>();
            return is_cpu() ? new Utils.TensorAccessor<T>(this, owned: false) : new Utils.TensorAccessor<T>(cpu(), owned: true);
        }

        public T item<T>()
            where T : unmanaged
        {
            if (numel() != 1)
            {
                throw new ArgumentException($"Number of elements in the tensor must be 1, it is {numel()}");
            }

            RequireType<T>();
            if (!is_cpu())
            {
                using Tensor here = cpu();
                return here.ReadFirst<T>();
            }

            return ReadFirst<T>();
        }

        public Scalar ToScalar()
        {
            (double real, long whole) = ReadNumber();
            return dtype == ScalarType.Bool ? whole != 0 : is_floating_point() ? real : whole;
        }

        internal unsafe (double Real, long Whole) ReadNumber()
        {
            double real;
            long whole;
            Native.Check(Native.nsft_tensor_item(Handle, &real, &whole));
            GC.KeepAlive(this);
            return (real, whole);
        }

        /// <summary>The first element's address; 0 when there are no elements.</summary>
        internal nint DataAddress()
        {
            nint address = Native.nsft_tensor_data(Handle);
            GC.KeepAlive(this);
            return address != 0 || numel() == 0 ? address : throw new InvalidOperationException("The tensor has no memory that can be read.");
        }

        private unsafe T ReadFirst<T>()
            where T : unmanaged
        {
            T value = *(T*)DataAddress();
            GC.KeepAlive(this);
            return value;
        }

        private void RequireType<T>()
        {
            ScalarType wanted = ElementType.Of<T>();
            if (dtype != wanted)
            {
                throw new ArgumentException($"{typeof(T).Name} cannot read a tensor of type {dtype}");
            }
        }
    }
}
