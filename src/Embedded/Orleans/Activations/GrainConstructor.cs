using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace Orleans.Runtime;

/// <summary>Makes grain objects: services, stored state and the activation itself are given to the constructor.</summary>
internal sealed class GrainConstructor
{
    private readonly GrainClass _grain;
    private readonly ConstructorInfo _constructor;
    private readonly ParameterInfo[] _parameters;

    public GrainConstructor(GrainClass grain)
    {
        _grain = grain;
        ConstructorInfo[] all = grain.Type.GetConstructors();
        _constructor = all.FirstOrDefault(one => one.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? all.MaxBy(one => one.GetParameters().Length)
            ?? throw new OrleansConfigurationException($"{grain.Type} has no public constructor.");
        _parameters = _constructor.GetParameters();
    }

    /// <summary>Makes the object of an activation and lists the state to read before it starts.</summary>
    public object Create(Activation activation, ICollection<ILoadedState> states)
    {
        object?[] arguments = new object?[_parameters.Length];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Resolve(_parameters[i], activation, states);
        }

        return _constructor.Invoke(BindingFlags.DoNotWrapExceptions, null, arguments, null);
    }

    private object? Resolve(ParameterInfo parameter, Activation activation, ICollection<ILoadedState> states)
    {
        IServiceProvider services = activation.ActivationServices;
        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is { } wanted)
        {
            ILoadedState state = CreateState(parameter, wanted, activation);
            states.Add(state);
            return state;
        }

        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return activation;
        }

        if (parameter.GetCustomAttribute<FromKeyedServicesAttribute>() is { } keyed)
        {
            return services.GetRequiredKeyedService(parameter.ParameterType, keyed.Key);
        }

        return parameter.HasDefaultValue
            ? services.GetService(parameter.ParameterType) ?? parameter.DefaultValue
            : services.GetRequiredService(parameter.ParameterType);
    }

    private ILoadedState CreateState(ParameterInfo parameter, PersistentStateAttribute wanted, Activation activation)
    {
        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new OrleansConfigurationException($"The parameter {parameter.Name} of {_grain.Type} has [PersistentState] and must be an IPersistentState<T>.");
        }

        string name = wanted.StorageName ?? Providers.ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME;
        IGrainStorage storage = activation.ActivationServices.GetKeyedService<IGrainStorage>(name)
            ?? throw new BadProviderConfigException($"No storage provider named \"{name}\" found loading grain type {_grain.Type}.");
        Type type = typeof(PersistentState<>).MakeGenericType(parameter.ParameterType.GetGenericArguments());
        return (ILoadedState)Activator.CreateInstance(type, wanted.StateName, activation.GrainId, storage)!;
    }
}
