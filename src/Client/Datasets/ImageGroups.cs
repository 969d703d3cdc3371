using NSft.Data.Formats;
using NSft.Data.Validation;

namespace NSft.Client.Datasets;

/// <summary>Which images must stay together because rows show several of them at once.</summary>
internal sealed class ImageGroups
{
    private readonly Dictionary<UInt128, UInt128> _parents = [];

    /// <summary>Takes in a row.</summary>
    public void Observe(DatasetRecord record)
    {
        for (int index = 1; index < record.Images.Count; index++)
        {
            Join(ImageKey.OfPicture(record.Images[0]), ImageKey.OfPicture(record.Images[index]));
        }
    }

    /// <summary>The key of a row's group: the least key of its images, whatever the order of rows; of its id when it has no image.</summary>
    public UInt128 KeyOf(DatasetRecord record) => record.Images.Count > 0 ? Find(ImageKey.OfPicture(record.Images[0])) : ContentHash.Of(record.Id);

    private void Join(UInt128 first, UInt128 second)
    {
        (UInt128 one, UInt128 other) = (Find(first), Find(second));
        if (one != other)
        {
            _parents[UInt128.Max(one, other)] = UInt128.Min(one, other);
        }
    }

    private UInt128 Find(UInt128 key)
    {
        UInt128 root = key;
        while (_parents.TryGetValue(root, out UInt128 parent))
        {
            root = parent;
        }

        while (_parents.TryGetValue(key, out UInt128 next) && next != root)
        {
            _parents[key] = root;
            key = next;
        }

        return root;
    }
}
