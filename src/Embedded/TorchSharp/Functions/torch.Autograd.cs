namespace TorchSharp;

public static partial class torch
{
    public static class autograd
    {
        public static unsafe void backward(IList<Tensor> tensors, IList<Tensor>? grad_tensors = null, bool? retain_graph = null, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            nint[] outputs = Handles(tensors);
            nint[] gradients = Handles(grad_tensors);
            nint[] leaves = Handles(inputs);
            fixed (nint* outputsAt = outputs, gradientsAt = gradients, leavesAt = leaves)
            {
                Native.Check(Native.nsft_backward(outputsAt, outputs.Length, gradientsAt, gradients.Length, leavesAt, leaves.Length, (retain_graph ?? create_graph) ? 1 : 0, create_graph ? 1 : 0));
            }

            GC.KeepAlive(tensors);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }

        /// <summary>The gradients of the outputs with respect to the inputs; an unused input's is null when <paramref name="allow_unused"/>.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs);
            nint[] to = Handles(inputs);
            nint[] gradients = Handles(grad_outputs);
            nint[] found = new nint[to.Length];
            fixed (nint* fromAt = from, toAt = to, gradientsAt = gradients, foundAt = found)
            {
                Native.Check(Native.nsft_grad(fromAt, from.Length, toAt, to.Length, gradientsAt, gradients.Length, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, foundAt));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return Array.ConvertAll(found, handle => handle == 0 ? null! : new Tensor(handle));
        }

        private static nint[] Handles(IList<Tensor>? tensors)
        {
            nint[] handles = new nint[tensors?.Count ?? 0];
            for (int i = 0; i < handles.Length; i++)
            {
                handles[i] = tensors![i] is { } tensor ? tensor.Handle : 0;
            }

            return handles;
        }
    }
}
