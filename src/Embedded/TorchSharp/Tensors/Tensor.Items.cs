using System.Runtime.CompilerServices;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        [IndexerName("TensorItems")]
        public Tensor this[params TensorIndex[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[params Tensor[] indices]
        {
            get => index(indices);
            set => index_put_(value, indices);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1]
        {
            get => select(0, i1);
            set => index_put_(value, i1);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2]
        {
            get => index(i1, i2);
            set => index_put_(value, i1, i2);
        }

        [IndexerName("TensorItems")]
        public Tensor this[long i1, long i2, long i3]
        {
            get => index(i1, i2, i3);
            set => index_put_(value, i1, i2, i3);
        }

        public Tensor index(params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[] positions) = View(indices);
            return positions.Length == 0 ? view : Op.IndexTensor.Call(view, Argument.OptionalList(positions));
        }

        public Tensor index(params Tensor[] indices) => Op.IndexTensor.Call(this, Argument.OptionalList(indices));

        public Tensor index_put_(Tensor value, params TensorIndex[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Scalar value, params TensorIndex[] indices)
        {
            (Tensor view, Tensor?[] positions) = View(indices);
            if (positions.Length == 0)
            {
                view.fill_(value);
                return this;
            }

            using Tensor number = view.new_full([], value);
            Op.IndexPutInPlace.Update(view, Argument.OptionalList(positions), number);
            return this;
        }

        public Tensor index_put_(Tensor value, TensorIndex[] indices, bool accumulate = false)
        {
            (Tensor view, Tensor?[] positions) = View(indices);
            if (positions.Length > 0)
            {
                Op.IndexPutInPlace.Update(view, Argument.OptionalList(positions), value, accumulate);
            }
            else if (accumulate)
            {
                view.add_(value);
            }
            else
            {
                view.copy_(value);
            }

            return this;
        }

        public Tensor index_put_(Tensor value, params Tensor[] indices) => index_put_(value, indices, false);

        public Tensor index_put_(Tensor value, Tensor[] indices, bool accumulate = false) =>
            Op.IndexPutInPlace.Update(this, Argument.OptionalList(indices), value, accumulate);

        // Numbers, slices and new axes make a view; tensors are left for index(), which takes one a dimension of the view.
        private (Tensor View, Tensor?[] Positions) View(TensorIndex[] indices)
        {
            Tensor view = alias();
            var positions = new List<Tensor?>();
            long dim = 0;
            foreach (TensorIndex position in Expanded(indices))
            {
                Tensor before = view;
                if (position.Kind == TensorIndex.IndexKind.Tensor)
                {
                    positions.Add(position.Positions);
                    dim += position.Width;
                    continue;
                }

                if (position.Kind == TensorIndex.IndexKind.Number)
                {
                    view = before.select(dim, position.Start ?? 0);
                }
                else
                {
                    view = position.Kind == TensorIndex.IndexKind.NewAxis
                        ? before.unsqueeze(dim)
                        : Op.SliceTensor.Call(before, dim, position.Start, position.Stop, position.Step ?? 1);
                    positions.Add(null);
                    dim++;
                }

                before.Dispose();
            }

            return (view, positions.Exists(tensor => tensor is not null) ? [.. positions] : []);
        }

        // The ellipsis stands for as many whole dimensions as the other indices leave over.
        private IEnumerable<TensorIndex> Expanded(TensorIndex[] indices)
        {
            long rest = dim() - indices.Sum(position => position.Width);
            foreach (TensorIndex position in indices)
            {
                if (position.Kind != TensorIndex.IndexKind.Ellipsis)
                {
                    yield return position;
                    continue;
                }

                for (; rest > 0; rest--)
                {
                    yield return TensorIndex.Slice();
                }
            }
        }
    }
}
