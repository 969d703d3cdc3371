using Orleans.Runtime;

namespace Orleans.Serialization;

/// <summary>A reference to a grain travels as the grain's identity and the interface's name; the receiver binds it to itself.</summary>
internal static class ReferenceCodec
{
    public static void Write(WireWriter writer, GrainReference reference)
    {
        writer.WriteByte((byte)WireTag.Reference);
        Codecs.Write(writer, reference.GrainId);
        writer.WriteString(reference.InterfaceName);
    }

    /// <summary>Reads what follows the tag.</summary>
    public static GrainReference Read(WireReader reader)
    {
        GrainId id = Codecs.Read<GrainId>(reader);
        string name = reader.ReadString();
        GrainReference reference = name.Length == 0
            ? new GrainReference().Initialize(id, null, null)
            : ReferenceFactory.Create(Find(name), id, null);
        reader.Add(reference);
        return reference;
    }

    private static Type Find(string name) =>
        GrainManifest.Current.Interface(name)?.Type ?? WireTypes.FindInterface(name)
            ?? throw new CodecNotFoundException($"Could not find the interface of grains \"{name}\" of a reference.");
}
