// Takes out of japicmp's comparison what may change in any version: types that were experimental in the last release, with what
// is nested in them, and what was internal in others, such as the constructors of records that only the library makes.
def was = { element, status ->
    element.annotations.any { annotation ->
        annotation.fullyQualifiedName == 'org.apiguardian.api.API' && annotation.elements.any {
            it.name == 'status' && it.oldElementValues.any { value -> value.value == status }
        }
    }
}
def names = jApiClasses.findAll { was(it, 'EXPERIMENTAL') }*.fullyQualifiedName
jApiClasses.removeAll { type -> names.any { type.fullyQualifiedName == it || type.fullyQualifiedName.startsWith(it + '$') } }
jApiClasses.each { type ->
    type.constructors.removeAll { was(it, 'INTERNAL') }
    type.methods.removeAll { was(it, 'INTERNAL') }
}
return jApiClasses
