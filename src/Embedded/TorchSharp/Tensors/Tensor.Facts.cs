namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public unsafe long[] shape
        {
            get
            {
                long[] sizes = new long[Native.nsft_tensor_dim(Handle)];
                fixed (long* into = sizes)
                {
                    Native.nsft_tensor_sizes(Handle, into);
                }

                GC.KeepAlive(this);
                return sizes;
            }
        }

        public long ndim => dim();

        public long Dimensions => dim();

        public long NumberOfElements => numel();

        public long ElementSize => element_size();

        public ScalarType dtype
        {
            get
            {
                var type = (ScalarType)Native.nsft_tensor_dtype(Handle);
                GC.KeepAlive(this);
                return type;
            }
        }

        public Device device
        {
            get
            {
                var found = Device.Of(Native.nsft_tensor_device(Handle));
                GC.KeepAlive(this);
                return found;
            }
        }

        public DeviceType device_type => device.type;

        public int device_index => device.index;

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public long dim()
        {
            long count = Native.nsft_tensor_dim(Handle);
            GC.KeepAlive(this);
            return count;
        }

        public long numel()
        {
            long count = Native.nsft_tensor_numel(Handle);
            GC.KeepAlive(this);
            return count;
        }

        public long element_size()
        {
            long bytes = Native.nsft_tensor_item_size(Handle);
            GC.KeepAlive(this);
            return bytes;
        }

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            long count = Native.nsft_tensor_dim(Handle);
            int wrapped = dim < 0 ? dim + (int)count : dim;
            if (wrapped < 0 || wrapped >= count)
            {
                throw new IndexOutOfRangeException($"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})");
            }

            long* sizes = stackalloc long[(int)count];
            Native.nsft_tensor_sizes(Handle, sizes);
            GC.KeepAlive(this);
            return sizes[wrapped];
        }

        public unsafe long[] stride()
        {
            long[] strides = new long[Native.nsft_tensor_dim(Handle)];
            fixed (long* into = strides)
            {
                Native.nsft_tensor_strides(Handle, into);
            }

            GC.KeepAlive(this);
            return strides;
        }

        public long stride(int dim)
        {
            long[] strides = stride();
            return strides[dim < 0 ? dim + strides.Length : dim];
        }

        public long storage_offset()
        {
            long offset = Native.nsft_tensor_storage_offset(Handle);
            GC.KeepAlive(this);
            return offset;
        }

        public bool is_contiguous()
        {
            bool contiguous = Native.nsft_tensor_is_contiguous(Handle) != 0;
            GC.KeepAlive(this);
            return contiguous;
        }

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_integral() => torch.is_integral(dtype);

        public override string ToString() => $"[{string.Join("x", shape)}], type = {dtype}, device = {device}";
    }
}
